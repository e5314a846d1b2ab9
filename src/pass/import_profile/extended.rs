//! The last place for a profile: where the host is bound, by `extendModules`.
//!
//! A host may have no place of its own: a helper makes all of them, and what each has besides is a file that
//! `nixos-generate-config` writes. NixOS lets modules be added to a system that is made already.

use super::places::{BOUND, addition};
use crate::eval::value::{Kind, Site};
use crate::flake::model::{HostModel, Model};
use crate::pass::cover::{Chosen, Spot};
use crate::pass::{Changes, Context};
use crate::path::RepoPath;
use crate::tree::Tree;

/// More hosts than this are only extended all at once, and not tried one by one.
const TRIED_ALONE: usize = 16;

/// Where the hosts of these indices get their profile so. That nothing else changes by it is tried out.
pub(super) fn places(context: &Context, hosts: impl Iterator<Item = usize>) -> Vec<Chosen> {
    let places: Vec<Chosen> = hosts.filter_map(|index| place(context, index)).collect();
    if places.is_empty() {
        return places;
    }
    // The file of the profile is new as well.
    context.model.outdate();
    if holds(context, &places.iter().collect::<Vec<_>>()) {
        return places;
    }
    let alone = |place: &Chosen| places.len() <= TRIED_ALONE && holds(context, &[place]);
    let kept: Vec<bool> = places.iter().map(alone).collect();
    let kept = places.into_iter().zip(kept).filter(|(_, holds)| *holds);
    kept.map(|(place, _)| place).collect()
}

fn place(context: &Context, index: usize) -> Option<Chosen> {
    let flake = &context.model.flake;
    let host = &context.model.hosts()[index].host;
    let table = flake.ev.get(&flake.outputs, "nixosConfigurations")?;
    // What is merged with a host would be lost.
    let value = flake.ev.get(&table, &host.name)?;
    matches!(value.kind, Kind::Call(_)).then_some(())?;
    let is_users = |site: &&Site| flake.is_users(&site.origin());
    let spot = Spot::value(host.binding.as_ref().filter(is_users)?)?;
    let profile = profile(context, index);
    Some(Chosen {
        addition: addition(flake, &spot, &profile)?,
        spot,
        rank: BOUND,
        hosts: [index].into(),
    })
}

fn profile(context: &Context, index: usize) -> RepoPath {
    let name = &*context.model.hosts()[index].host.name;
    context.layout.profile(&context.choices[name].profile)
}

/// Whether at these places the hosts get their profiles, and nothing else anything.
fn holds(context: &Context, places: &[&Chosen]) -> bool {
    let before: &Model = context.model;
    let after = Model::read(&edited(context, places), &before.flake.file.path).ok();
    let Some(after) = after.filter(|after| after.hosts().len() == before.hosts().len()) else {
        return false;
    };
    let of_hosts = before.hosts().iter().zip(after.hosts()).enumerate();
    let mut hosts = of_hosts.map(|(index, (old, new))| {
        let is_extended = places.iter().any(|place| place.hosts.contains(&index));
        let has_profile = |new: &HostModel| {
            let module = new
                .built
                .as_ref()
                .ok()?
                .modules
                .of_file(&profile(context, index))?;
            Some(module.certain)
        };
        modules(new) == modules(old).map(|count| count + usize::from(is_extended))
            && (!is_extended || has_profile(new) == Some(true))
    });
    let others = |model: &Model| -> Vec<(String, usize)> {
        let others = model.others().iter();
        others
            .map(|other| (other.name.clone(), other.built.modules.all.len()))
            .collect()
    };
    hosts.all(|holds| holds) && others(before) == others(&after)
}

/// How many modules it has.
fn modules(host: &HostModel) -> Option<usize> {
    Some(host.built.as_ref().ok()?.modules.all.len())
}

/// The tree with the additions made.
fn edited(context: &Context, places: &[&Chosen]) -> Tree {
    let mut changes = Changes::new(context.model.flake.tree().clone());
    for place in places {
        place.apply(&mut changes, context);
    }
    changes.flush();
    changes.tree
}
