//! Deciding where new files go, so that nothing that lists a directory picks them up.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::flake::listing::{HIDING, hidden, is_left_alone};
use crate::flake::machine::{PROFILES, directory_of_machines};
use crate::flake::model::Model;
use crate::pass::Layout;
use crate::path::RepoPath;
use crate::recipe::{Overlay, Profile, Profiles, Recipe};

/// Where new files go and which ones are deleted, and what is wrong with that.
pub(super) fn decide(model: &Model, recipe: &Recipe) -> (Layout, Vec<Diagnostic>) {
    let mut flaws = Vec::new();
    // Looking into the hosts finds the directories that are listed.
    model.hosts();
    let opted_in = recipe.advanced.iter().filter(|advanced| advanced.enabled);
    let advanced = opted_in.map(|advanced| &advanced.overlay);
    let overlays: BTreeMap<RepoPath, RepoPath> = recipe
        .overlay
        .iter()
        .chain(advanced)
        .map(|overlay| (overlay.path.clone(), overlay_path(model, overlay)))
        .collect();
    let profiles = recipe.profiles.as_ref();
    let profiles = profiles.map(|one| profiles_path(model, recipe, one));
    let mut removed = old_overlays(model, recipe, &mut flaws);
    removed.retain(|file| !overlays.values().any(|new| new == file));
    let (profiles, profile_prefix) = profiles.unzip();
    let layout = Layout {
        overlays,
        profiles,
        profile_prefix: profile_prefix.unwrap_or_default(),
        removed,
    };
    let one_profile = recipe.known_profiles().next();
    let one_profile = one_profile.map(|profile| layout.profile(&profile.name));
    let is_new = |file: &RepoPath| model.flake.tree().kind(file).is_none();
    let is_seen = |file: &RepoPath| {
        is_new(file) && model.flake.is_listed(file) && !is_left_alone(model, file)
    };
    let overlays = layout.overlays.values().map(|file| (file, file));
    let profiles = layout.profiles.iter().zip(&one_profile);
    for (path, _) in overlays.chain(profiles).filter(|(_, file)| is_seen(file)) {
        let message = format!("a new file `{path}` would be imported by what lists its directory");
        flaws.push(Diagnostic::error("new-file-listed", message).help(
            "set `overlay.path` and `profiles.dir` in nixfix.toml to places that nothing lists",
        ));
    }
    (layout, flaws)
}

/// The first of the candidates that is there already, else the first that nothing lists, or that what lists it leaves alone by
/// another name; `file_in` is a new file in one.
fn first_free(
    model: &Model,
    candidates: &[RepoPath],
    file_in: fn(&RepoPath) -> Option<RepoPath>,
) -> Option<RepoPath> {
    let hidden: Vec<RepoPath> = candidates.iter().filter_map(hidden).collect();
    let is_there = |path: &&RepoPath| model.flake.tree().kind(path).is_some();
    let there = hidden.iter().chain(candidates).find(is_there);
    let free = || {
        model.look_at_outputs();
        candidates.iter().find(|path| !model.flake.is_listed(path))
    };
    let is_left_alone = |file: RepoPath| is_left_alone(model, &file);
    let left_alone = || {
        hidden
            .iter()
            .find(|path| file_in(path).is_some_and(is_left_alone))
    };
    there.or_else(free).or_else(left_alone).cloned()
}

fn overlay_path(model: &Model, overlay: &Overlay) -> RepoPath {
    let root = model.flake.directory();
    let elsewhere = ["pkgs", "nix", "."]
        .into_iter()
        .filter_map(|place| root.join(place)?.join(overlay.path.name()));
    let plain: Vec<RepoPath> = std::iter::once(overlay.path.clone())
        .chain(elsewhere)
        .collect();
    let itself = |path: &RepoPath| Some(path.clone());
    first_free(model, &plain, itself).unwrap_or_else(|| overlay.path.clone())
}

/// The directory of the profiles, and what the names of their files begin with.
fn profiles_path(model: &Model, recipe: &Recipe, profiles: &Profiles) -> (RepoPath, &'static str) {
    let directory = match &profiles.dir {
        Some(given) => given.clone(),
        None => {
            let beside = directory_of_machines(&model.flake, model.hosts());
            let root = model.flake.directory();
            let places = [Some(beside), root.join("nixos"), Some(root)];
            let places = places.into_iter().flatten();
            let places: Vec<_> = places.filter_map(|place| place.join(PROFILES)).collect();
            let inside = |directory: &RepoPath| directory.join("profile.nix");
            first_free(model, &places, inside).unwrap_or_else(|| places[0].clone())
        }
    };
    let mut names = recipe.known_profiles();
    let file = |profile: &Profile| hidden(&directory.join(&format!("{}.nix", profile.name))?);
    let prefix = match names.next().and_then(file) {
        Some(file) if model.flake.is_listed(&file) && is_left_alone(model, &file) => HIDING,
        _ => "",
    };
    (directory, prefix)
}

/// The files to delete: by their path, else any tracked file of that name.
fn old_overlays(model: &Model, recipe: &Recipe, flaws: &mut Vec<Diagnostic>) -> Vec<RepoPath> {
    let tree = model.flake.tree();
    let mut files = Vec::new();
    for wanted in &recipe.remove.files {
        match tree.file(wanted) {
            Ok(_) => files.push(wanted.clone()),
            Err(_) => files.extend(
                tree.below(&model.flake.directory())
                    .filter(|path| path.name() == wanted.name())
                    .cloned(),
            ),
        }
    }
    for given in &recipe.remove.given {
        match tree.file(given) {
            Ok(_) => files.push(given.clone()),
            // Said again in a second run, when it is gone.
            Err(_) => flaws.push(Diagnostic::new(
                crate::diagnostic::Severity::Note,
                "remove-missing",
                format!("git tracks no file `{given}`: there is nothing to remove"),
            )),
        }
    }
    files.sort();
    files.dedup();
    files
}
