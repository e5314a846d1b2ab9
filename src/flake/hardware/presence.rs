//! Whether a host has an option at all, for `config.my.gpu or null`, `config ? my.gpu` and the like.

use super::options::Options;
use crate::eval::Evaluator;
use crate::eval::value::{Kind, Name};
use crate::flake::modules::Module;

/// The names of NixOS's own options, and of widely used modules: others may declare something below them.
const NIXOS: &[&str] = &[
    "appstream",
    "assertions",
    "boot",
    "console",
    "containers",
    "documentation",
    "environment",
    "fileSystems",
    "fonts",
    "gtk",
    "hardware",
    "home-manager",
    "i18n",
    "image",
    "isoImage",
    "lib",
    "location",
    "meta",
    "networking",
    "nix",
    "nixpkgs",
    "passthru",
    "power",
    "powerManagement",
    "programs",
    "qt",
    "security",
    "services",
    "sound",
    "specialisation",
    "swapDevices",
    "system",
    "systemd",
    "time",
    "users",
    "virtualisation",
    "warnings",
    "xdg",
    "zramSwap",
];

/// Whether there is an option, or a set of options, at `path`; `None` where that is not known.
pub(super) fn has(ev: &Evaluator, options: &Options, path: &[Name]) -> Option<bool> {
    if options.declaration(ev, path).is_some() {
        return Some(true);
    }
    let branches = options.branches(ev, path);
    let mut decided = branches.iter().filter_map(|branch| branch.decided(ev));
    if decided.any(|setting| setting.certain) {
        return Some(true);
    }
    let (_, above) = path.split_last()?;
    let is_users = branches.is_empty() && !NIXOS.contains(&&**path.first()?);
    let all_seen = || !options.modules().all.iter().any(is_unseen);
    (is_users && all_seen() && !may_hold_more(ev, options, above)).then_some(false)
}

/// Whether it is a module of the repository, as far as one can tell, that could not be looked into.
fn is_unseen(module: &Module) -> bool {
    matches!(module.value.kind, Kind::Unknown(_))
}

/// Whether the set of options at `path` may have others than those that are declared in the repository.
fn may_hold_more(ev: &Evaluator, options: &Options, path: &[Name]) -> bool {
    let Some((_, above)) = path.split_last() else {
        return true;
    };
    let mut declared = options.declarations(ev, path).peekable();
    if declared.peek().is_none() {
        return may_hold_more(ev, options, above);
    }
    declared.any(|value| match &value.kind {
        // An option that is a set by itself, as `mkOption { ... } // { ... }` makes it, is one all the same.
        Kind::Attrs(attrs) => attrs.rest.is_some() || attrs.map.contains_key("_type"),
        _ => true,
    })
}
