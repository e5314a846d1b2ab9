//! Modules that may not be there although they are listed: what `disabledModules` names, and all but the first that have one
//! `key` (nixpkgs, `collectModules` in `lib/modules.nix`).

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::items::{self, Item};
use super::{Module, ModuleKey};
use crate::eval::Evaluator;
use crate::eval::value::{Kind, Value};
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
            disabled.add(ev, &list);
        }
    }
    let keys: Vec<Option<Key>> = modules
        .iter()
        .map(|module| key(ev, &module.value))
        .collect();
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

fn key(ev: &Evaluator, module: &Value) -> Option<Key> {
    let key = ev.get(module, "key")?;
    Some(key.as_text().map_or(Key::Unknown, Key::Known))
}

impl Disabled {
    fn add(&mut self, ev: &Evaluator, list: &Value) {
        items::each(ev, list, true, &mut |item, _| match item {
            Item::File(file, _) => drop(self.files.insert(file)),
            Item::Inline(module) => match key(ev, &module) {
                Some(Key::Known(key)) => drop(self.keys.insert(key)),
                _ => self.anything = true,
            },
            Item::Opaque(value) if matches!(value.kind, Kind::Unknown(_)) => self.anything = true,
            // The name of a module of nixpkgs, or another flake's module.
            Item::Opaque(_) => {}
        });
    }
}
