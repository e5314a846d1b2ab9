//! Modules that may not be there although they are listed: what `disabledModules` names, and all but the first that have one
//! `key` (nixpkgs, `collectModules` in `lib/modules.nix`).

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Module, ModuleKey, items};
use crate::eval::Evaluator;
use crate::eval::value::{Kind, Part, Value};
use crate::path::RepoPath;

/// What `disabledModules` names.
#[derive(Default)]
struct Disabled {
    files: FxHashSet<RepoPath>,
    keys: FxHashSet<Rc<str>>,
    /// Whether some of it is not known.
    anything: bool,
}

/// The `key` of a module, which stands for it in the place of its file.
enum Key {
    Known(Rc<str>),
    Unknown,
}

/// Takes the certainty from modules that may not be there, and from what these import.
pub(super) fn doubt(ev: &Evaluator, modules: &mut [Module]) {
    let mut disabled = Disabled::default();
    for module in modules.iter() {
        if let Some(list) = ev.get(&module.value, "disabledModules") {
            disabled.add_list(ev, &list);
        }
    }
    let keys: Vec<Option<Key>> = modules.iter().map(|module| key(ev, module)).collect();
    let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
    for key in keys.iter().flatten() {
        if let Key::Known(key) = key {
            *uses.entry(key).or_default() += 1;
        }
    }
    for index in 0..modules.len() {
        let module = &modules[index];
        let is_named = match (&keys[index], &module.key) {
            (Some(Key::Unknown), _) => true,
            (Some(Key::Known(key)), _) => uses[&**key] > 1 || disabled.keys.contains(key),
            (None, ModuleKey::File(file)) => disabled.files.contains(file),
            (None, _) => false,
        };
        let is_below = module.parent.is_some_and(|parent| !modules[parent].certain);
        modules[index].certain &= !(is_named || is_below || disabled.anything);
    }
}

fn key(ev: &Evaluator, module: &Module) -> Option<Key> {
    let key = ev.get(&module.value, "key")?;
    Some(key.as_text().map_or(Key::Unknown, Key::Known))
}

impl Disabled {
    fn add_list(&mut self, ev: &Evaluator, list: &Value) {
        match &list.kind {
            Kind::List(list) => list.parts.iter().for_each(|part| match part {
                Part::Literal(literal) => literal
                    .items
                    .iter()
                    .for_each(|item| self.add(ev, &ev.force(item))),
                Part::Item(item) => self.add(ev, &ev.force(item)),
                Part::Stretch(stretch) => self.add_list(ev, stretch),
            }),
            Kind::Choice(values) => values.iter().for_each(|value| self.add_list(ev, value)),
            Kind::Unknown(_) => self.anything = true,
            // A list of another flake's names none of this repository.
            _ => {}
        }
    }

    fn add(&mut self, ev: &Evaluator, item: &Value) {
        if let Some(path) = items::path_of(ev, item) {
            self.files.insert(ev.module_file(&path));
            return;
        }
        match &item.kind {
            Kind::Attrs(_) => match ev.get(item, "key").and_then(|key| key.as_text()) {
                Some(key) => drop(self.keys.insert(key)),
                None => self.anything = true,
            },
            Kind::Choice(values) => values.iter().for_each(|value| self.add(ev, value)),
            Kind::Unknown(_) => self.anything = true,
            // The name of a module of nixpkgs, or another flake's module.
            _ => {}
        }
    }
}
