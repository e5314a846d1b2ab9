//! The package sets that a host is given instead of making its own: by an argument, or by an option.

use std::rc::Rc;

use super::{Overlay, Takes};
use crate::eval::value::{Kind, Name, Pkgs, Value};
use crate::flake::Flake;
use crate::flake::hosts::System;
use crate::flake::modules::{ModuleKey, Modules};
use crate::flake::options::{Definition, PLAIN_PRIORITY, below, definitions, keep_strongest};

/// The package sets that a host is given instead of making its own.
pub(super) struct Given {
    pub takes: Takes,
    pub sets: Vec<GivenSet>,
    /// Whether it is not known if the package set takes the overlays of the modules.
    pub perhaps_modules: bool,
}

impl Given {
    /// Those of a host whose modules say this of `nixpkgs`.
    pub(super) fn read(
        flake: &Flake,
        system: &System,
        modules: &Modules,
        nixpkgs: &[Definition],
    ) -> Given {
        if let Some(pkgs) = system.special_arg(flake, "pkgs") {
            let why = "`specialArgs.pkgs` makes NixOS ignore `nixpkgs.overlays`";
            return Given {
                takes: Takes::PackageSet { why },
                sets: GivenSet::of(&pkgs, true).into_iter().collect(),
                perhaps_modules: false,
            };
        }
        // NixOS's own definition is a plain one, for all that is weaker.
        let mut forced = definitions(flake, modules, &["_module", "args", "pkgs"]);
        forced.retain(|definition| definition.priority <= PLAIN_PRIORITY);
        let forced = counting(forced.into_iter().map(Candidate::of).collect());
        if !forced.is_empty() {
            let why = "`_module.args.pkgs` makes NixOS ignore `nixpkgs.overlays`";
            let perhaps_modules = forced.iter().all(|candidate| !candidate.certain);
            let mut sets: Vec<_> = forced.iter().filter_map(Candidate::set).collect();
            if perhaps_modules {
                let others = package_sets(flake, system, nixpkgs).into_iter();
                sets.extend(others.map(|set| GivenSet {
                    certain: false,
                    ..set
                }));
            }
            return Given {
                takes: Takes::PackageSet { why },
                sets,
                perhaps_modules,
            };
        }
        let read_only = modules.all.iter().find(|module| match &module.key {
            ModuleKey::Opaque(name) => name.ends_with("nixosModules.readOnlyPkgs`"),
            _ => false,
        });
        let takes = match read_only {
            Some(_) => Takes::PackageSet {
                why: "`readOnlyPkgs` makes `nixpkgs.overlays` an error",
            },
            None => Takes::Modules,
        };
        Given {
            takes,
            sets: package_sets(flake, system, nixpkgs),
            perhaps_modules: read_only.is_some_and(|module| !module.certain),
        }
    }

    /// The input of the package set, where it is certain which one it is.
    pub(super) fn nixpkgs(&self) -> Option<Name> {
        let certain = self.sets.iter().find(|set| set.certain);
        certain.map(|set| set.pkgs.input)
    }
}

/// A package set that a host may be given.
pub(super) struct GivenSet {
    pub pkgs: Rc<Pkgs>,
    /// Whether it is given that one under every condition.
    pub certain: bool,
}

/// The attributes by which a package set is asked for its overlays or for one with more.
const MAKING: &[&str] = &["appendOverlays", "extend", "overlays"];

impl GivenSet {
    fn of(value: &Value, certain: bool) -> Option<GivenSet> {
        match &value.kind {
            Kind::Pkgs(pkgs) => Some(GivenSet {
                pkgs: pkgs.clone(),
                certain,
            }),
            // What is merged over it leaves its overlays, and how NixOS adds further ones, as they are.
            Kind::Attrs(attrs) if !MAKING.iter().any(|&name| attrs.map.contains_key(name)) => {
                GivenSet::of(attrs.rest.as_ref()?, certain)
            }
            _ => None,
        }
    }

    /// The overlays of `extend` and `appendOverlays`.
    pub(super) fn extended(&self, flake: &Flake) -> impl Iterator<Item = Overlay> {
        self.pkgs.extended.iter().map(|item| Overlay {
            value: flake.ev.force(item),
            certain: self.certain,
        })
    }
}

/// What `nixpkgs.pkgs` may be: the argument `pkgs` of `nixosSystem` is one more definition, with no priority of its own
/// (nixpkgs, `nixos/lib/eval-config.nix`).
fn package_sets(flake: &Flake, system: &System, nixpkgs: &[Definition]) -> Vec<GivenSet> {
    let argument = system.argument(flake, "pkgs");
    let argument = argument.filter(|value| !matches!(value.kind, Kind::Null));
    let argument = argument.map(|value| Candidate {
        value,
        certain: true,
        priority: PLAIN_PRIORITY,
    });
    let set = below(flake, nixpkgs, &["pkgs"]);
    let all = argument
        .into_iter()
        .chain(set.into_iter().map(Candidate::of));
    let counting = counting(all.collect());
    counting.iter().filter_map(Candidate::set).collect()
}

/// A value that an option of one value may have.
struct Candidate {
    value: Value,
    certain: bool,
    priority: i64,
}

impl Candidate {
    fn of(definition: Definition) -> Candidate {
        Candidate {
            value: definition.value,
            certain: definition.certain,
            priority: definition.priority,
        }
    }

    fn set(&self) -> Option<GivenSet> {
        GivenSet::of(&self.value, self.certain)
    }
}

/// Those that may be the value of the option: what is weaker than a certain one is not, and what a stronger one may overrule
/// is not certain.
fn counting(mut all: Vec<Candidate>) -> Vec<Candidate> {
    keep_strongest(&mut all, |one| (one.certain, one.priority));
    let first = all.iter().map(|candidate| candidate.priority).min();
    for candidate in &mut all {
        candidate.certain &= Some(candidate.priority) == first;
    }
    all
}
