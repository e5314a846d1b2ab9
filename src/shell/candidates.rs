//! What can stand at a place of the command line: hosts and profiles of the flake around, and codes.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;

use crate::explain;
use crate::flake::Flake;
use crate::recipe::{Flags, Recipe};
use crate::run::glance;

/// The hosts that begin with what is there.
pub(super) fn hosts(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(current) = current.to_str() else {
        return Vec::new();
    };
    let hosts = host_names().into_iter();
    hosts
        .filter(|host| host.starts_with(current))
        .map(CompletionCandidate::new)
        .collect()
}

/// `HOST=NAME`: a host and `=`, and behind that the profiles.
pub(super) fn profile_choices(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(current) = current.to_str() else {
        return Vec::new();
    };
    match current.rsplit_once('=') {
        None => {
            let hosts = host_names()
                .into_iter()
                .filter(|host| host.starts_with(current));
            hosts
                .map(|host| CompletionCandidate::new(format!("{host}=")))
                .collect()
        }
        Some((host, begun)) => {
            let profiles = profile_names().into_iter();
            let profiles = profiles.filter(|profile| profile.starts_with(begun));
            profiles
                .map(|profile| CompletionCandidate::new(format!("{host}={profile}")))
                .collect()
        }
    }
}

/// The diagnostic codes that begin with what is there.
pub(super) fn codes(current: &OsStr) -> Vec<CompletionCandidate> {
    let begun = current.to_string_lossy();
    let all = explain::all().into_iter();
    all.filter(|one| one.code.starts_with(&*begun))
        .map(|one| CompletionCandidate::new(one.code).help(Some(one.topic.into())))
        .collect()
}

fn host_names() -> Vec<String> {
    let Ok(glance) = glance() else {
        return Vec::new();
    };
    let Ok(flake) = Flake::read(&glance.tree, &glance.flake) else {
        return Vec::new();
    };
    flake
        .hosts
        .iter()
        .map(|host| host.name.to_string())
        .collect()
}

fn profile_names() -> Vec<String> {
    let flags = Flags {
        advanced: true,
        ..Flags::default()
    };
    let recipe = glance()
        .ok()
        .and_then(|glance| Recipe::load(glance.recipe, &flags, &glance.flake.parent()?).ok());
    let Some(recipe) = recipe else {
        return Vec::new();
    };
    let names = recipe.choosable_profiles().map(|one| one.name.clone());
    names.collect()
}
