//! What module functions are given.

use std::rc::Rc;

use super::Modules;
use crate::eval::value::{Attr, Attrs, Kind, NameMap, Thunk, Value};
use crate::flake::Flake;
use crate::flake::hosts::System;
use crate::flake::options;

/// What a module function is called with: `specialArgs`, `extra`, and the module system's own.
pub(super) fn of(flake: &Flake, system: &System, extra: NameMap<Attr>) -> Thunk {
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
    for name in ["lib", "pkgs"] {
        if let Some(given) = system.arguments.map.get(name) {
            attrs.map.insert(name.into(), given.clone());
        }
    }
    attrs.rest = Some(Value::unknown("this module argument is set by a module").into());
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
        Some(_) => attrs.rest = Some(Value::unknown("`specialArgs` is not known").into()),
        None => {}
    }
    Thunk::done(Value::of(Kind::Attrs(Rc::new(attrs))))
}

/// What the modules give all modules as `_module.args`, where that is unconditional.
pub(super) fn set_by(flake: &Flake, modules: &Modules) -> NameMap<Attr> {
    let mut arguments = NameMap::new();
    for definition in options::definitions(flake, modules, &["_module", "args"]) {
        if let (true, Kind::Attrs(attrs)) = (definition.certain, &definition.value.kind) {
            arguments.extend(attrs.map.iter().map(|(name, attr)| (*name, attr.clone())));
        }
    }
    arguments
}
