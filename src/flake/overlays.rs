//! The overlays that reach a host's package set, and the places where one can be added.

mod defined;
mod given;

use std::collections::BTreeSet;
use std::rc::Rc;

use self::given::{Given, GivenSet};
use super::Flake;
use super::hosts::System;
use super::modules::{ModuleKey, Modules};
use super::options::{Definition, below, definitions, keep_strongest};
use crate::eval::value::{Attrs, Kind, List, LiteralList, Name, Origin, Part, Site, Thunk, Value};
use crate::path::RepoPath;

pub use self::defined::{definitions_of_overlay, definitions_of_override, names_of_overlay};

/// Where a host's package set takes its overlays from.
#[derive(Debug, Clone)]
pub enum Takes {
    /// `nixpkgs.overlays` of its modules, and those of a package set it was given.
    Modules,
    /// Only those of a given package set: modules' overlays are ignored, or an error.
    PackageSet {
        /// Why, for messages.
        why: &'static str,
    },
}

/// An overlay of a host.
#[derive(Clone)]
pub struct Overlay {
    /// The overlay itself.
    pub value: Value,
    /// Whether it is applied under every condition.
    pub certain: bool,
}

/// The overlays of a host.
pub struct Overlays {
    /// Where the package set takes them from.
    pub takes: Takes,
    /// The input of the package set that the host is given, where that is known; else it is the one that builds the host.
    pub nixpkgs: Option<Name>,
    /// Those of the given package set, then those of the modules, in order.
    pub all: Vec<Overlay>,
    /// The lists that hold them.
    pub lists: Vec<OverlayList>,
    /// The functions of `config.packageOverrides`, which nixpkgs applies before any overlay.
    pub overrides: Vec<Value>,
}

/// A value that is used as a list of overlays.
#[derive(Clone)]
pub struct OverlayList {
    /// The list.
    pub value: Value,
    /// The binding whose value it is, where it is written as one.
    pub binding: Option<Site>,
    /// Whether it counts under every condition.
    pub certain: bool,
    /// Whether the module system sees the list itself, not something around it.
    pub direct: bool,
    /// The module that defines it, by index; `None` for what package sets hold.
    pub module: Option<usize>,
    /// The module file it stands in; `None` for what the flake's own modules or package sets hold.
    pub file: Option<RepoPath>,
    /// Whether a package set holds it, not a module.
    pub of_package_set: bool,
}

impl Overlays {
    /// The overlays of a host.
    pub fn read(flake: &Flake, system: &System, modules: &Modules) -> Overlays {
        let mut lists = Vec::new();
        let options = definitions(flake, modules, &["nixpkgs"]);
        let given = Given::read(flake, system, modules, &options);
        let nixpkgs = given.nixpkgs();
        let mut extended = Vec::new();
        for set in &given.sets {
            lists.extend(list_of_package_set(flake, set));
            extended.extend(set.extended(flake));
        }
        let mut found = below(flake, &options, &["overlays"]);
        keep_strongest(&mut found, |one| (one.certain, one.priority));
        let takes_them = matches!(given.takes, Takes::Modules);
        if takes_them || given.perhaps_modules {
            lists.extend(found.into_iter().map(|definition| {
                let list = list_of_definition(modules, definition);
                OverlayList {
                    certain: list.certain && takes_them,
                    ..list
                }
            }));
        }
        let mut all = Vec::new();
        for list in &lists {
            items(flake, &list.value, list.certain, &mut all);
        }
        all.extend(extended);
        Overlays {
            overrides: overrides(flake, &given, &options),
            takes: given.takes,
            nixpkgs,
            all,
            lists,
        }
    }
}

impl Overlays {
    /// Whether the overlay of `file` is among them, under whatever condition.
    pub fn apply(&self, file: &RepoPath) -> bool {
        self.all.iter().any(|overlay| overlay.file() == Some(file))
    }

    /// Where the overlay of `file` is listed: a list literal, or an attribute of a set whose values are listed.
    pub fn place_of(&self, flake: &Flake, file: &RepoPath) -> Option<Origin> {
        let is_it = |item: &Thunk| {
            let origin = flake.ev.force(item).origin;
            origin.is_some_and(|origin| origin.file.path == *file)
        };
        self.lists.iter().find_map(|list| {
            let holds = |literal: &Rc<LiteralList>| literal.items.iter().any(is_it);
            if let Some(literal) = literals(&list.value).into_iter().find(holds) {
                return Some(literal.site.origin());
            }
            let mut attributes = sets(&list.value).iter().flat_map(|set| set.map.values());
            let attribute = attributes.find(|attr| is_it(&attr.value))?;
            Some(attribute.binding.as_ref()?.origin())
        })
    }
}

fn list_of_package_set(flake: &Flake, set: &GivenSet) -> Option<OverlayList> {
    let arguments = flake.ev.force(set.pkgs.arguments.as_ref()?);
    let attr = arguments.as_attrs()?.map.get("overlays")?.clone();
    Some(OverlayList {
        value: flake.ev.force(&attr.value),
        binding: attr.binding,
        certain: set.certain,
        direct: true,
        module: None,
        file: None,
        of_package_set: true,
    })
}

fn overrides(flake: &Flake, given: &Given, options: &[Definition]) -> Vec<Value> {
    let of_set = |set: &GivenSet| {
        let arguments = flake.ev.force(set.pkgs.arguments.as_ref()?);
        let config = flake.ev.get(&arguments, "config")?;
        flake.ev.get(&config, "packageOverrides")
    };
    let of_modules = below(flake, options, &["config", "packageOverrides"]).into_iter();
    let of_modules = of_modules.map(|definition| definition.value);
    let of_sets = given.sets.iter().filter_map(of_set);
    of_sets.chain(of_modules).collect()
}

fn list_of_definition(modules: &Modules, definition: Definition) -> OverlayList {
    let file = std::iter::successors(Some(definition.module), |index| modules.all[*index].parent)
        .find_map(|index| match &modules.all[index].key {
            ModuleKey::File(file) => Some(file.clone()),
            _ => None,
        });
    OverlayList {
        value: definition.value,
        binding: definition.binding,
        certain: definition.certain,
        direct: !definition.wrapped,
        module: Some(definition.module),
        file,
        of_package_set: false,
    }
}

/// The overlays of a list; an unknown stretch counts as one opaque overlay.
fn items(flake: &Flake, list: &Value, certain: bool, all: &mut Vec<Overlay>) {
    match &list.kind {
        Kind::List(list) => {
            for part in &list.parts {
                match part {
                    Part::Literal(literal) => {
                        all.extend(literal.items.iter().map(|item| Overlay {
                            value: flake.ev.force(item),
                            certain,
                        }));
                    }
                    Part::Item(item) => all.push(Overlay {
                        value: flake.ev.force(item),
                        certain,
                    }),
                    Part::Stretch(value) => items(flake, value, certain, all),
                }
            }
        }
        Kind::Choice(values) => values
            .iter()
            .for_each(|value| items(flake, value, false, all)),
        _ => all.push(Overlay {
            value: list.clone(),
            certain,
        }),
    }
}

impl OverlayList {
    /// Its overlays; an unknown stretch counts as one.
    pub fn overlays(&self, flake: &Flake) -> Vec<Overlay> {
        let mut all = Vec::new();
        items(flake, &self.value, self.certain, &mut all);
        all
    }
}

impl Overlay {
    /// The file whose function this overlay is: the innermost `final: prev:` stands there.
    pub fn file(&self) -> Option<&RepoPath> {
        file_of(&self.value)
    }

    /// Where it is written.
    pub fn origin(&self) -> Option<&Origin> {
        self.value.origin.as_ref()
    }

    /// The names this overlay gives packages; `Err` with those that are known where not all of them are.
    pub fn names(&self, flake: &Flake) -> Result<BTreeSet<Name>, BTreeSet<Name>> {
        names_of_overlay(flake, &self.value)
    }
}

/// The file whose function the overlay `value` is: the innermost `final: prev:` stands there.
pub fn file_of(value: &Value) -> Option<&RepoPath> {
    match &value.kind {
        Kind::Lambda(_) => value.origin.as_ref().map(|origin| &origin.file.path),
        _ => None,
    }
}

/// The list literals that a list is put together from, where they count under every condition.
pub fn literals(list: &Value) -> Vec<Rc<LiteralList>> {
    let Kind::List(list) = &list.kind else {
        return Vec::new();
    };
    certain_literals(list)
}

/// The sets whose values, all of them, are items of the list under every condition.
pub fn sets(list: &Value) -> &[Rc<Attrs>] {
    match &list.kind {
        Kind::List(list) => &list.sets,
        _ => &[],
    }
}

fn certain_literals(list: &List) -> Vec<Rc<LiteralList>> {
    list.parts
        .iter()
        .filter_map(|part| match part {
            Part::Literal(literal) => Some(literal.clone()),
            _ => None,
        })
        .collect()
}
