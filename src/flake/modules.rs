//! The modules of a host: its `modules` list, and what these import, as the module system would see them.

mod arguments;
mod disabled;
pub(super) mod given;
mod items;
mod walk;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use self::given::{Applied, Given};
use self::items::Item;
use self::walk::Walk;
use super::Flake;
use super::hosts::System;
use super::options;
use crate::eval::value::{Attr, Kind, Lambda, NameMap, Origin, Thunk, Value};
use crate::path::RepoPath;

/// One module of a host.
#[derive(Clone)]
pub struct Module {
    /// What it is.
    pub key: ModuleKey,
    /// Its attribute set, after a function was given the module arguments.
    pub value: Value,
    /// The expression in the list that names it.
    pub origin: Option<Origin>,
    /// The module that imports it, by index; `None` for one of the host's own list.
    pub parent: Option<usize>,
    /// Whether it is there under every condition.
    pub certain: bool,
    /// The function that gave `value`.
    function: Option<Rc<Lambda>>,
    /// Whether `value` as it stands is what the module sets.
    is_content: bool,
}

impl Module {
    /// Whether its attribute set as it stands is what it sets: with `config` or `options`, or with something wrapped around
    /// it, it is not.
    pub(super) fn is_content(&self) -> bool {
        self.is_content
    }

    fn hold(&mut self, (value, function): Applied) {
        self.is_content = options::is_content(&value);
        (self.value, self.function) = (value, function);
    }
}

/// What identifies a module.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ModuleKey {
    /// A file of the repository; listed twice it counts once.
    File(RepoPath),
    /// Written where it is used; listed twice it counts twice.
    Inline(RepoPath, usize),
    /// Something nixfix cannot look into, by its description.
    Opaque(String),
}

/// The modules of a host, parents before children, in the order in which they are listed.
#[derive(Clone)]
pub struct Modules {
    /// The modules.
    pub all: Vec<Module>,
    /// The value of the host's `modules`.
    pub list: Value,
    /// The first module of each file, by index.
    by_file: FxHashMap<RepoPath, usize>,
}

/// Calls `f` with every file that a list of modules names.
pub fn each_file(flake: &Flake, list: &Value, f: &mut dyn FnMut(RepoPath)) {
    items::each(&flake.ev, list, true, &mut |item, _| {
        if let Item::File(file, _) = item {
            f(file);
        }
    });
}

/// More modules than this in one host are a runaway recursion, or a directory of something else.
pub const LIMIT: usize = 5_000;

impl Modules {
    /// The modules of `system`.
    pub fn read(flake: &Flake, system: &System) -> Modules {
        let arguments = arguments::of(flake, system, NameMap::new());
        let first = Walk::new(flake, arguments).run(system);
        // `_module.args` gives modules further arguments, and is itself set by modules.
        let extra = arguments::set_by(flake, &first);
        if extra.is_empty() {
            return first;
        }
        let first = Rc::new(first);
        let given = Given::new(first.clone(), arguments::of(flake, system, extra));
        let again = (0..first.all.len()).map(|index| given.module(&flake.ev, index));
        let again: Vec<Applied> = again.collect();
        drop(given);
        let mut modules = Rc::unwrap_or_clone(first);
        for (module, again) in modules.all.iter_mut().zip(again) {
            module.hold(again);
        }
        modules
    }

    /// The arguments of the modules of `system`, with this value for `config`.
    pub(super) fn arguments_with_config(
        &self,
        flake: &Flake,
        system: &System,
        config: Value,
    ) -> Thunk {
        let mut extra = arguments::set_by(flake, self);
        let config = Attr {
            value: Thunk::done(config),
            binding: None,
        };
        extra.insert("config".into(), config);
        arguments::of(flake, system, extra)
    }

    /// The files of the modules, in no particular order.
    pub fn files(&self) -> impl Iterator<Item = &RepoPath> {
        self.by_file.keys()
    }

    /// Whether there are more than [`LIMIT`], and the rest is missing here.
    pub fn too_many(&self) -> bool {
        self.all.len() >= LIMIT
    }

    /// What stands for modules in a list of them and is not known. A module of another flake, or in a file, is not meant.
    pub fn unknown(&self) -> Option<&Value> {
        let opaque = self.all.iter();
        let opaque = opaque.filter(|module| matches!(module.key, ModuleKey::Opaque(_)));
        let mut values = opaque.map(|module| &module.value);
        values.find(|value| matches!(value.kind, Kind::Unknown(_)))
    }

    /// The module whose file is `path`.
    pub fn of_file(&self, path: &RepoPath) -> Option<&Module> {
        self.by_file.get(path).map(|index| &self.all[*index])
    }
}
