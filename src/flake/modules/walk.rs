//! Finding the modules of a host.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::items::{self, Item};
use super::{LIMIT, Module, ModuleKey, Modules, disabled, given};
use crate::eval::value::{Lambda, Origin, Thunk, Value};
use crate::flake::Flake;
use crate::flake::hosts::System;
use crate::flake::options;
use crate::path::RepoPath;

/// A walk through a list of modules and what they import.
pub(super) struct Walk<'f> {
    flake: &'f Flake,
    arguments: Thunk,
    seen: FxHashSet<RepoPath>,
    all: Vec<Module>,
}

/// How a module came to be there.
struct Named {
    key: ModuleKey,
    origin: Option<Origin>,
    parent: Option<usize>,
    certain: bool,
}

impl<'f> Walk<'f> {
    /// A walk that gives module functions these arguments.
    pub(super) fn new(flake: &'f Flake, arguments: Thunk) -> Walk<'f> {
        Walk {
            flake,
            arguments,
            seen: FxHashSet::default(),
            all: Vec::new(),
        }
    }

    /// The modules of `system`.
    pub(super) fn run(mut self, system: &System) -> Modules {
        let list = self.flake.ev.force(&system.modules.value);
        self.visit_list(&list, None, true);
        disabled::doubt(&self.flake.ev, &mut self.all);
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
        }
    }

    fn visit_list(&mut self, list: &Value, parent: Option<usize>, certain: bool) {
        let flake = self.flake;
        items::each(&flake.ev, list, certain, &mut |item, certain| {
            if self.all.len() < LIMIT {
                self.visit(item, parent, certain);
            }
        });
    }

    fn visit(&mut self, item: Item, parent: Option<usize>, certain: bool) {
        let named = |key, origin| Named {
            key,
            origin,
            parent,
            certain,
        };
        match item {
            Item::File(file, item) => {
                if self.seen.insert(file.clone()) {
                    let value = self.flake.ev.import(&file);
                    self.enter(value, named(ModuleKey::File(file), item.origin));
                }
            }
            Item::Inline(item) => {
                let key = match &item.origin {
                    Some(origin) => {
                        ModuleKey::Inline(origin.file.path.clone(), origin.range().start)
                    }
                    None => ModuleKey::Opaque("a module made by a function".to_string()),
                };
                let origin = item.origin.clone();
                self.enter(item, named(key, origin));
            }
            Item::Opaque(item) => {
                let key = ModuleKey::Opaque(item.describe());
                let named = named(key, item.origin.clone());
                self.all.push(named.module(item, None));
            }
        }
    }

    /// Adds the module, and what it imports.
    fn enter(&mut self, module: Value, named: Named) {
        let ev = &self.flake.ev;
        let (value, function) = given::applied(ev, module, &self.arguments);
        let (index, is_certain) = (self.all.len(), named.certain);
        self.all.push(named.module(value.clone(), function));
        given::imports(ev, &value, &mut |list, certain| {
            self.visit_list(list, Some(index), is_certain && certain);
        });
    }
}

impl Named {
    fn module(self, value: Value, function: Option<Rc<Lambda>>) -> Module {
        Module {
            key: self.key,
            is_content: options::is_content(&value),
            value,
            origin: self.origin,
            parent: self.parent,
            certain: self.certain,
            function,
        }
    }
}
