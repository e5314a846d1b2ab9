//! The modules of a host: its `modules` list, and what these import, as the module system would see them.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Flake;
use super::hosts::System;
use super::options::{self, Contents};
use crate::eval::value::{Attr, Attrs, Kind, List, NameMap, Origin, Part, Thunk, Value};
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
pub struct Modules {
    /// The modules.
    pub all: Vec<Module>,
    /// The value of the host's `modules`.
    pub list: Value,
    /// The first module of each file, by index.
    by_file: FxHashMap<RepoPath, usize>,
    pub(super) contents: Contents,
}

/// More modules than this in one host are a runaway recursion, or a directory of something else.
pub const LIMIT: usize = 5_000;

impl Modules {
    /// The modules of `system`.
    pub fn read(flake: &Flake, system: &System) -> Modules {
        let first = Walk::new(flake, system, NameMap::new()).run();
        // `_module.args` gives modules further arguments, and is itself set by modules.
        let arguments = module_args(flake, &first);
        if arguments.is_empty() {
            first
        } else {
            Walk::new(flake, system, arguments).run()
        }
    }

    /// The same modules, given `config` for the argument of that name.
    pub fn with_config(&self, flake: &Flake, system: &System, config: Value) -> Modules {
        let mut arguments = module_args(flake, self);
        arguments.insert(
            "config".into(),
            Attr {
                value: Thunk::done(config),
                binding: None,
            },
        );
        Walk::new(flake, system, arguments).run()
    }

    /// The files of the modules, in no particular order.
    pub fn files(&self) -> impl Iterator<Item = &RepoPath> {
        self.by_file.keys()
    }

    /// Whether there are more than [`LIMIT`], and the rest is missing here.
    pub fn too_many(&self) -> bool {
        self.all.len() >= LIMIT
    }

    /// The module whose file is `path`.
    pub fn of_file(&self, path: &RepoPath) -> Option<&Module> {
        self.by_file.get(path).map(|index| &self.all[*index])
    }
}

struct Walk<'f> {
    flake: &'f Flake,
    arguments: Thunk,
    list: Value,
    seen: FxHashSet<RepoPath>,
    all: Vec<Module>,
}

impl<'f> Walk<'f> {
    fn new(flake: &'f Flake, system: &System, extra: NameMap<Attr>) -> Walk<'f> {
        let list = flake.ev.force(&system.modules.value);
        let arguments = Thunk::done(module_arguments(flake, system, extra));
        Walk {
            flake,
            arguments,
            list,
            seen: FxHashSet::default(),
            all: Vec::new(),
        }
    }

    fn run(mut self) -> Modules {
        let list = self.list.clone();
        self.visit_list(&list, None, true);
        self.doubt_disabled();
        let mut by_file = FxHashMap::default();
        for (index, module) in self.all.iter().enumerate() {
            if let ModuleKey::File(file) = &module.key {
                by_file.entry(file.clone()).or_insert(index);
            }
        }
        Modules {
            all: self.all,
            list,
            by_file,
            contents: Contents::default(),
        }
    }

    /// What `disabledModules` names is not there for certain, nor is what it imports.
    fn doubt_disabled(&mut self) {
        let disabled: FxHashSet<RepoPath> = self
            .all
            .iter()
            .flat_map(|module| self.disabled_by(module))
            .collect();
        for index in 0..self.all.len() {
            let module = &self.all[index];
            let is_named = matches!(&module.key, ModuleKey::File(file) if disabled.contains(file));
            let is_below = module
                .parent
                .is_some_and(|parent| !self.all[parent].certain);
            self.all[index].certain &= !(is_named || is_below);
        }
    }

    fn disabled_by(&self, module: &Module) -> Vec<RepoPath> {
        let Some(value) = self.flake.ev.get(&module.value, "disabledModules") else {
            return Vec::new();
        };
        let Kind::List(list) = &value.kind else {
            return Vec::new();
        };
        let paths = list
            .items()
            .flatten()
            .filter_map(|item| self.flake.ev.force(item).as_path());
        paths.map(|path| self.flake.ev.module_file(&path)).collect()
    }

    fn visit_list(&mut self, list: &Value, parent: Option<usize>, certain: bool) {
        match &list.kind {
            Kind::List(list) => self.visit_parts(list, parent, certain),
            Kind::Choice(values) => values
                .iter()
                .for_each(|value| self.visit_list(value, parent, false)),
            Kind::Null => {}
            _ => self.push_opaque(list, parent, certain),
        }
    }

    fn visit_parts(&mut self, list: &List, parent: Option<usize>, certain: bool) {
        for part in &list.parts {
            match part {
                Part::Literal(literal) => {
                    literal
                        .items
                        .iter()
                        .for_each(|item| self.visit(&self.flake.ev.force(item), parent, certain));
                }
                Part::Item(item) => self.visit(&self.flake.ev.force(item), parent, certain),
                Part::Stretch(value) => self.visit_list(value, parent, certain),
            }
        }
    }

    fn visit(&mut self, item: &Value, parent: Option<usize>, certain: bool) {
        if self.all.len() >= LIMIT {
            return;
        }
        if let Some(path) = self.module_path(item) {
            let file = self.flake.ev.module_file(&path);
            if self.seen.insert(file.clone()) {
                let value = self.flake.ev.import(&file);
                self.enter(
                    ModuleKey::File(file),
                    value,
                    item.origin.clone(),
                    parent,
                    certain,
                );
            }
            return;
        }
        match &item.kind {
            Kind::Attrs(_) | Kind::Lambda(_) => {
                let key = match &item.origin {
                    Some(origin) => {
                        ModuleKey::Inline(origin.file.path.clone(), origin.range().start)
                    }
                    None => ModuleKey::Opaque("a module made by a function".to_string()),
                };
                self.enter(key, item.clone(), item.origin.clone(), parent, certain);
            }
            Kind::Choice(values) => values
                .iter()
                .for_each(|value| self.visit(value, parent, false)),
            _ => self.push_opaque(item, parent, certain),
        }
    }

    fn module_path(&self, item: &Value) -> Option<RepoPath> {
        self.flake
            .ev
            .path_to_import(item)
            .or_else(|| match &item.kind {
                Kind::Attrs(_) => self.flake.ev.get(item, "outPath")?.as_path(),
                _ => None,
            })
    }

    fn enter(
        &mut self,
        key: ModuleKey,
        value: Value,
        origin: Option<Origin>,
        parent: Option<usize>,
        certain: bool,
    ) {
        let value = self.applied(value);
        let index = self.all.len();
        self.all.push(Module {
            key,
            value: value.clone(),
            origin,
            parent,
            certain,
        });
        match &value.kind {
            Kind::Attrs(_) => {
                if let Some(imports) = self.flake.ev.get(&value, "imports") {
                    self.visit_list(&imports, Some(index), certain);
                }
            }
            Kind::Choice(values) => {
                for value in values.iter() {
                    if let Some(imports) = self.flake.ev.get(value, "imports") {
                        self.visit_list(&imports, Some(index), false);
                    }
                }
            }
            _ => {}
        }
    }

    /// A module function, given its arguments.
    fn applied(&self, value: Value) -> Value {
        let is_function = matches!(value.kind, Kind::Lambda(_))
            || self.flake.ev.get(&value, "__functor").is_some();
        if is_function {
            self.flake.ev.apply_module(&value, &self.arguments)
        } else {
            value
        }
    }

    fn push_opaque(&mut self, value: &Value, parent: Option<usize>, certain: bool) {
        let key = ModuleKey::Opaque(value.describe());
        self.all.push(Module {
            key,
            value: value.clone(),
            origin: value.origin.clone(),
            parent,
            certain,
        });
    }
}

/// What a module function is called with: `specialArgs`, `extra`, and the module system's own.
fn module_arguments(flake: &Flake, system: &System, extra: NameMap<Attr>) -> Value {
    let mut attrs = Attrs {
        map: extra,
        ..Attrs::default()
    };
    let argument = |name| Attr {
        value: flake.ev.argument(name),
        binding: None,
    };
    for name in ["config", "options", "pkgs", "modulesPath", "utils"] {
        attrs
            .map
            .entry(name.into())
            .or_insert_with(|| argument(name));
    }
    attrs.map.insert("lib".into(), argument("lib"));
    if let Some(pkgs) = system.arguments.map.get("pkgs") {
        attrs.map.insert("pkgs".into(), pkgs.clone());
    }
    attrs.rest = Some(Value::unknown("this module argument is set by a module"));
    match system
        .argument(flake, "specialArgs")
        .map(|value| value.kind)
    {
        Some(Kind::Attrs(special)) => {
            attrs
                .map
                .extend(special.map.iter().map(|(name, attr)| (*name, attr.clone())));
            attrs.rest = special.rest.clone().or(attrs.rest);
        }
        Some(_) => attrs.rest = Some(Value::unknown("`specialArgs` is not known")),
        None => {}
    }
    Value::of(Kind::Attrs(Rc::new(attrs)))
}

/// What the modules give all modules as `_module.args`, where that is unconditional.
fn module_args(flake: &Flake, modules: &Modules) -> NameMap<Attr> {
    let mut arguments = NameMap::new();
    for definition in options::definitions(flake, modules, &["_module", "args"]) {
        if let (true, Kind::Attrs(attrs)) = (definition.certain, &definition.value.kind) {
            arguments.extend(attrs.map.iter().map(|(name, attr)| (*name, attr.clone())));
        }
    }
    arguments
}
