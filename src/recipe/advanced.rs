//! The `[advanced]` table: a second overlay with profiles of its own, which may add to the recipe but not redefine it.

use super::document::Node;
use super::fields::{Problems, fields};
use super::read::{overlay_file, profile_files};
use super::source::error_at;
use super::{Advanced, Flags, Overlay, Profile, Recipe};
use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;

/// What opts in to it.
pub const OPT_IN: &str = "add `--advanced`, or `enable = true` in `[advanced]`";

pub(super) fn read(
    problems: &mut Problems,
    flags: &Flags,
    flake_dir: &RepoPath,
    node: &Node,
) -> Option<Advanced> {
    let mut fields = fields(problems, "advanced", node);
    let enable = fields.bool(problems, "enable");
    let overlay = overlay_file(problems, flake_dir, &mut fields);
    let profiles = profile_files(problems, "profiles", &mut fields);
    fields.finish(problems);
    Some(Advanced {
        enabled: flags.advanced || enable == Some(true),
        overlay: overlay?,
        profiles,
    })
}

/// It must exist where it is asked for, and share no name with the rest.
pub(super) fn check(problems: &mut Problems, recipe: &Recipe, flags: &Flags, node: Option<&Node>) {
    let Some(advanced) = &recipe.advanced else {
        if flags.advanced {
            let message = "the recipe has no `[advanced]` part for `--advanced`";
            problems.push(Diagnostic::error("recipe-invalid", message));
        }
        return;
    };
    let spot = node.map(|node| &node.spot);
    let overlays = recipe.overlay.iter();
    let profiles = recipe.profiles.iter().flat_map(|profiles| &profiles.files);
    let repeated = overlays
        .flat_map(|plain| shared_with_overlay(plain, &advanced.overlay))
        .chain(profiles.filter_map(|plain| shared_with_profiles(plain, &advanced.profiles)));
    for what in repeated {
        problems.push(error_at(
            spot,
            "recipe-invalid",
            format!("`[advanced]` repeats the {what}"),
        ));
    }
}

fn shared_with_overlay(plain: &Overlay, advanced: &Overlay) -> Vec<String> {
    let path = (plain.path == advanced.path).then(|| format!("path `{}`", plain.path));
    let packages = plain
        .defines
        .iter()
        .filter(|name| advanced.defines.contains(name));
    path.into_iter()
        .chain(packages.map(|name| format!("package `{name}`")))
        .collect()
}

fn shared_with_profiles(plain: &Profile, advanced: &[Profile]) -> Option<String> {
    let name = &plain.name;
    let shared = advanced.iter().any(|other| other.name == *name);
    shared.then(|| format!("profile `{name}`"))
}
