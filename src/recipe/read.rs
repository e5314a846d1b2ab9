//! The merged tree as a `Recipe`: one function per table of the format. Problems are gathered, not stopped at.

use std::rc::Rc;

use super::document::Node;
use super::fields::{Fields, Problems, fields, keep};
use super::nix_text::{self, OverlayFacts, Unusable};
use super::source::Setting;
use super::suggest::did_you_mean;
use super::{Advanced, Flags, Follows, Input, Overlay, Profile, Profiles, Recipe, check, choices};
use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;

/// The recipe that `root` and `flags` describe, for the flake in `flake_dir`.
pub(super) fn read(
    root: &Node,
    flags: &Flags,
    flake_dir: &RepoPath,
) -> Result<Recipe, Vec<Diagnostic>> {
    let mut found = Problems::new();
    let problems = &mut found;
    let mut top = fields(problems, "", root);
    top.any("version");
    let advanced_node = top.any("advanced");
    let mut recipe = Recipe {
        input: top.any("input").and_then(|node| input(problems, node)),
        overlay: top.any("overlay").and_then(|node| {
            let mut overlay_fields = fields(problems, "overlay", node);
            let overlay = overlay(problems, flake_dir, &mut overlay_fields);
            overlay_fields.finish(problems);
            overlay
        }),
        profiles: top
            .any("profiles")
            .and_then(|node| profiles(problems, flake_dir, node)),
        advanced: advanced_node.and_then(|node| advanced(problems, flake_dir, flags, node)),
        ..Recipe::default()
    };
    let remove = top.any("remove");
    let home = top.any("home");
    let machines = top.any("machines");
    top.finish(problems);
    // What names a profile or a package can only be judged when those are known.
    if problems.is_empty() {
        choices::check_advanced(problems, &recipe, flags, advanced_node);
        recipe.remove = choices::remove(problems, &recipe, flags, flake_dir, remove);
        recipe.home = choices::home(problems, &recipe, flags, flake_dir, home);
        recipe.machines = choices::machines(problems, &recipe, flags, machines);
    }
    if found.is_empty() {
        Ok(recipe)
    } else {
        Err(found)
    }
}

fn input(problems: &mut Problems, node: &Node) -> Option<Input> {
    let mut fields = fields(problems, "input", node);
    let name = fields.required_text(problems, "name");
    let url = fields.required_text(problems, "url");
    let follows = fields.map(problems, "follows");
    fields.finish(problems);
    let (name, url) = (name?, url?);
    keep(problems, check::input_name(&name));
    keep(problems, check::flakeref(&url));
    let mut pairs = Vec::new();
    for (left, right) in follows {
        keep(problems, check::input_name(&left));
        let target = match right.value.as_str() {
            "nixpkgs" => Follows::HostNixpkgs,
            _ => {
                keep(problems, check::input_name(&right));
                Follows::Input(right.value)
            }
        };
        pairs.push((left.value, target));
    }
    Some(Input {
        name: name.value,
        url: url.value,
        follows: pairs,
    })
}

/// The `path` and `text` of an overlay, which share a table with other keys.
fn overlay(
    problems: &mut Problems,
    flake_dir: &RepoPath,
    fields: &mut Fields<'_>,
) -> Option<Overlay> {
    let path = fields.required_text(problems, "path");
    let text = fields.required_text(problems, "text");
    let path = path.and_then(|path| keep(problems, check::nix_file(flake_dir, &path)));
    let text = text?;
    let OverlayFacts { defines, inputs } =
        keep(problems, placed(&text, nix_text::overlay(&text.value)))?;
    Some(Overlay {
        path: path?,
        text: Rc::from(text.value),
        defines,
        inputs,
    })
}

fn profiles(problems: &mut Problems, flake_dir: &RepoPath, node: &Node) -> Option<Profiles> {
    let mut fields = fields(problems, "profiles", node);
    let dir = fields.text(problems, "dir");
    let default = fields.required_text(problems, "default");
    let files = fields.map(problems, "files");
    let files = profile_files(problems, files);
    fields.finish(problems);
    let dir = dir.and_then(|dir| keep(problems, check::literal_path(flake_dir, &dir)));
    let default = default?;
    let names: Vec<&str> = files.iter().map(|profile| profile.name.as_str()).collect();
    if !names.contains(&default.value.as_str()) {
        let message = format!(
            "the default profile `{}` is not among `[profiles.files]`",
            default.value
        );
        let mut error = default.spot.error("profile-unknown", message);
        error.help = did_you_mean(&default.value, &names);
        problems.push(error);
    }
    Some(Profiles {
        dir,
        default: default.value,
        files,
    })
}

fn advanced(
    problems: &mut Problems,
    flake_dir: &RepoPath,
    flags: &Flags,
    node: &Node,
) -> Option<Advanced> {
    let mut fields = fields(problems, "advanced", node);
    let enabled = fields.bool(problems, "enable").unwrap_or(false);
    let overlay = overlay(problems, flake_dir, &mut fields);
    let profiles = fields.map(problems, "profiles");
    let profiles = profile_files(problems, profiles);
    fields.finish(problems);
    Some(Advanced {
        enabled: enabled || flags.advanced,
        overlay: overlay?,
        profiles,
    })
}

fn profile_files(
    problems: &mut Problems,
    files: Vec<(Setting<String>, Setting<String>)>,
) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for (name, text) in files {
        keep(problems, check::profile_name(&name));
        let package = keep(
            problems,
            placed(&text, nix_text::profile_package(&text.value)),
        );
        profiles.push(Profile {
            name: name.value,
            text: Rc::from(text.value),
            package: package.flatten(),
        });
    }
    profiles
}

/// The answer about a Nix text, its fault as a diagnostic in the recipe file.
fn placed<T>(text: &Setting<String>, answer: Result<T, Unusable>) -> Result<T, Diagnostic> {
    answer.map_err(|Unusable { range, why }| {
        let spot = text.spot.within(&text.value, range);
        spot.error("recipe-nix-text", why)
    })
}
