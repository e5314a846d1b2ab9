//! The modules of an evaluation, with all that they import, as the module system collects them.

use std::collections::VecDeque;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::definition::{Definition, expand};
use crate::eval::Evaluator;
use crate::eval::operators::parts_of;
use crate::eval::value::{Attr, Attrs, Kind, Lambda, NameMap, Part, Thunk, Value};
use crate::path::RepoPath;

/// More modules than this are a runaway recursion.
const LIMIT: usize = 20_000;

/// Names of a module's own structure; everything else in its short form is configuration.
const STRUCTURE: &[&str] = &[
    "imports",
    "options",
    "disabledModules",
    "_file",
    "_class",
    "key",
    "freeformType",
];

/// A module, or a definition that counts as one, before it is looked into.
#[derive(Clone)]
pub(super) struct Seed {
    /// The module.
    pub definition: Definition,
    /// Whether a plain set is nothing but configuration.
    pub shorthand: bool,
    /// Whether Nix imports it from a module of its own, so that it comes after what stands beside it.
    pub wrapped: bool,
}

impl Seed {
    pub fn module(value: Thunk) -> Seed {
        Seed::of(Definition::of(value))
    }

    /// A module that its definition is.
    fn of(definition: Definition) -> Seed {
        Seed {
            definition,
            shorthand: false,
            wrapped: false,
        }
    }
}

/// What the modules define and declare.
#[derive(Default)]
pub(super) struct Collected {
    pub definitions: Vec<Definition>,
    pub declarations: Vec<Thunk>,
    /// The modules that are not followed.
    pub unseen: Vec<Value>,
}

/// What a module that is this function, or a functor, is called with.
pub(super) type Arguments<'a> = &'a dyn Fn(Option<&Lambda>) -> Value;

/// What these modules and those that they import define and declare.
pub(super) fn collect(ev: &Evaluator, seeds: &[Seed], arguments: Arguments) -> Collected {
    let first = Walk::go(ev, seeds, arguments, Identities::default());
    // What is disabled anywhere is disabled everywhere.
    match first.disabled.is_empty() {
        true => first.found,
        false => Walk::go(ev, seeds, arguments, first.disabled).found,
    }
}

/// What modules are known by: their files, or keys of their own.
#[derive(Default)]
struct Identities {
    files: FxHashSet<RepoPath>,
    keys: FxHashSet<Rc<str>>,
}

impl Identities {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && self.keys.is_empty()
    }
}

/// Goes through the modules as Nix does: those that are imported come after all that import them, and what comes last is
/// merged first.
struct Walk<'a> {
    ev: &'a Evaluator,
    arguments: Arguments<'a>,
    /// Modules that are left out: those that were seen, and those that are disabled.
    skipped: Identities,
    /// Modules that a module says are disabled.
    disabled: Identities,
    /// What is still to be visited.
    ahead: VecDeque<Seed>,
    count: usize,
    found: Collected,
}

impl<'a> Walk<'a> {
    fn go(
        ev: &'a Evaluator,
        seeds: &[Seed],
        arguments: Arguments<'a>,
        skipped: Identities,
    ) -> Walk<'a> {
        let mut walk = Walk {
            ev,
            arguments,
            skipped,
            disabled: Identities::default(),
            ahead: seeds.iter().cloned().collect(),
            count: 0,
            found: Collected::default(),
        };
        while let Some(seed) = walk.ahead.pop_front() {
            if seed.wrapped {
                let wrapped = false;
                walk.ahead.push_back(Seed { wrapped, ..seed });
                continue;
            }
            let before = walk.found.definitions.len();
            walk.visit(&seed);
            // What one module stands for keeps its order.
            walk.found.definitions[before..].reverse();
        }
        walk.found.definitions.reverse();
        walk.found.declarations.reverse();
        walk
    }

    fn visit(&mut self, seed: &Seed) {
        for definition in expand(self.ev, &seed.definition) {
            self.enter(&definition, seed.shorthand);
        }
    }

    fn enter(&mut self, definition: &Definition, shorthand: bool) {
        self.count += 1;
        if self.count > LIMIT {
            return;
        }
        let value = self.ev.force(&definition.value);
        if shorthand {
            match value.kind {
                Kind::Attrs(_) => self.found.definitions.push(definition.clone()),
                _ => self.ahead.push_back(Seed::of(definition.clone())),
            }
            return;
        }
        if let Some(path) = module_path(self.ev, &value) {
            let file = self.ev.module_file(&path);
            if self.skipped.files.insert(file.clone()) {
                let module = Thunk::native(move |ev| ev.import(&file));
                self.visit(&Seed::of(definition.with(module)));
            }
            return;
        }
        match &value.kind {
            Kind::Lambda(lambda) => {
                let arguments = (self.arguments)(Some(lambda));
                let module = self.ev.apply(&value, &Thunk::done(arguments));
                self.visit(&Seed::of(definition.with(Thunk::done(module))));
            }
            Kind::Attrs(_) if self.ev.get(&value, "__functor").is_some() => {
                let arguments = (self.arguments)(None);
                let module = self.ev.apply(&value, &Thunk::done(arguments));
                self.visit(&Seed::of(definition.with(Thunk::done(module))));
            }
            Kind::Attrs(attrs) => self.take(definition, attrs),
            // A module of some other flake: it is not looked into.
            _ => self.note_unseen(value),
        }
    }

    fn note_unseen(&mut self, module: Value) {
        self.ev.note_unseen(&module);
        self.found.unseen.push(module);
    }

    /// Takes what a module in the form of a set has, and visits what it imports.
    fn take(&mut self, definition: &Definition, attrs: &Attrs) {
        let text = |name: &str| self.ev.force(&attrs.map.get(name)?.value).as_text();
        if let Some(key) = text("key")
            && !self.skipped.keys.insert(key)
        {
            return;
        }
        if let Some(disabled) = attrs.map.get("disabledModules") {
            self.disable(&self.ev.force(&disabled.value));
        }
        let long = attrs.map.contains_key("config") || attrs.map.contains_key("options");
        match attrs.map.get("config") {
            Some(config) if long => self
                .found
                .definitions
                .push(definition.with(config.value.clone())),
            _ if long => {}
            _ => {
                let map: NameMap<Attr> = attrs
                    .map
                    .iter()
                    .filter(|(name, _)| !STRUCTURE.contains(&&***name))
                    .map(|(name, attr)| (*name, attr.clone()))
                    .collect();
                let own = Attrs {
                    map,
                    rest: attrs.rest.clone(),
                    literals: attrs.literals.clone(),
                };
                self.found
                    .definitions
                    .push(definition.with(Thunk::done(Value::of(Kind::Attrs(Rc::new(own))))));
            }
        }
        self.found.declarations.extend(
            attrs
                .map
                .get("options")
                .map(|options| options.value.clone()),
        );
        if let Some(imports) = attrs.map.get("imports") {
            let list = self.ev.force(&imports.value);
            self.visit_imports(definition, &list);
        }
    }

    /// Notes what a module disables. What comes from elsewhere is not followed anyway.
    fn disable(&mut self, list: &Value) {
        let Kind::List(list) = &list.kind else { return };
        for item in list.items().flatten() {
            let module = self.ev.force(item);
            if let Some(path) = module_path(self.ev, &module) {
                self.disabled.files.insert(self.ev.module_file(&path));
            } else if let Some(key) = self.ev.get(&module, "key").and_then(|key| key.as_text()) {
                self.disabled.keys.insert(key);
            }
        }
    }

    fn visit_imports(&mut self, parent: &Definition, list: &Value) {
        if let Kind::Choice(values) = &list.kind {
            let perhaps = parent.perhaps();
            values
                .iter()
                .for_each(|value| self.visit_imports(&perhaps, value));
            return;
        }
        for part in parts_of(list) {
            match part {
                Part::Stretch(value) if matches!(value.kind, Kind::Choice(_)) => {
                    self.visit_imports(parent, &value);
                }
                Part::Stretch(value) => self.note_unseen(value),
                known => {
                    let imported = |item| Seed::of(parent.with(item));
                    self.ahead
                        .extend(known.into_items().into_iter().map(imported));
                }
            }
        }
    }
}

fn module_path(ev: &Evaluator, value: &Value) -> Option<RepoPath> {
    ev.path_to_import(value).or_else(|| match &value.kind {
        Kind::Attrs(_) => ev.get(value, "outPath")?.as_path(),
        _ => None,
    })
}
