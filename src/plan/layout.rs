//! Deciding where new files go, so that nothing that lists a directory picks them up.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::flake::machine::{PROFILES, directory_of_machines};
use crate::flake::model::Model;
use crate::pass::Layout;
use crate::path::RepoPath;
use crate::recipe::{Overlay, Profiles, Recipe};

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
    let profiles = recipe
        .profiles
        .as_ref()
        .map(|one| profiles_path(model, one));
    let mut removed = old_overlays(model, recipe, &mut flaws);
    removed.retain(|file| !overlays.values().any(|new| new == file));
    let new = overlays.values().chain(profiles.as_ref());
    for path in new.filter(|path| model.flake.is_listed(path)) {
        let message = format!("a new file `{path}` would be imported by what lists its directory");
        flaws.push(Diagnostic::error("new-file-listed", message).help(
            "set `overlay.path` and `profiles.dir` in nixfix.toml to places that nothing lists",
        ));
    }
    (
        Layout {
            overlays,
            profiles,
            removed,
        },
        flaws,
    )
}

/// The first of the candidates that is there already, else the first that nothing lists.
fn first_free(model: &Model, candidates: Vec<RepoPath>) -> RepoPath {
    let there = candidates
        .iter()
        .find(|path| model.flake.tree().kind(path).is_some());
    let free = || candidates.iter().find(|path| !model.flake.is_listed(path));
    there.or_else(free).unwrap_or(&candidates[0]).clone()
}

fn overlay_path(model: &Model, overlay: &Overlay) -> RepoPath {
    let root = model.flake.directory();
    let elsewhere = ["pkgs", "nix", "."]
        .into_iter()
        .filter_map(|place| root.join(place)?.join(overlay.path.name()));
    first_free(
        model,
        std::iter::once(overlay.path.clone())
            .chain(elsewhere)
            .collect(),
    )
}

fn profiles_path(model: &Model, profiles: &Profiles) -> RepoPath {
    let Some(given) = profiles.dir.clone() else {
        let beside = directory_of_machines(&model.flake, model.hosts());
        let root = model.flake.directory();
        let places = [Some(beside), root.join("nixos"), Some(root)]
            .into_iter()
            .flatten();
        return first_free(
            model,
            places.filter_map(|place| place.join(PROFILES)).collect(),
        );
    };
    given
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
