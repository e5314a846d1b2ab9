//! The merged tree as a `Recipe`: one function per table of the format. Problems are gathered, not stopped at.

use std::rc::Rc;

use super::document::Node;
use super::fields::{Fields, Problems, fields};
use super::nix_text::Unusable;
use super::overlay_text::{OverlayFacts, overlay_facts};
use super::profile_text::installed_package;
use super::source::Setting;
use super::suggest::did_you_mean;
use super::{
    Flags, InputOverlay, Overlay, Profile, Profiles, Recipe, advanced, attribute, check, choices,
    input, modules,
};
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
    let title = top.text(problems, "title");
    let title = title.and_then(|title| check::title(problems, title));
    let (overlay, input_overlay) = top
        .any("overlay")
        .map(|node| overlay(problems, flake_dir, node))
        .unwrap_or_default();
    let advanced_node = top.any("advanced");
    let mut recipe = Recipe {
        input: top
            .any("input")
            .and_then(|node| input::read(problems, node)),
        overlay,
        input_overlay,
        modules: top
            .any("modules")
            .and_then(|node| modules::read(problems, node)),
        profiles: top
            .any("profiles")
            .and_then(|node| profiles(problems, flake_dir, node)),
        advanced: advanced_node.and_then(|node| advanced::read(problems, flags, flake_dir, node)),
        ..Recipe::default()
    };
    let remove = top.any("remove");
    let home = top.any("home");
    let machines = top.any("machines");
    top.finish(problems);
    // What names a profile or a package can only be judged when those are known.
    if problems.is_empty() {
        advanced::check(problems, &recipe, flags, advanced_node);
        recipe.remove = choices::remove(problems, &recipe, flags, flake_dir, remove);
        recipe.home = choices::home(problems, &recipe, flags, flake_dir, home);
        recipe.machines = choices::machines(problems, &recipe, flags, machines);
    }
    recipe.title = title.unwrap_or_else(|| recipe.default_title());
    if found.is_empty() {
        Ok(recipe)
    } else {
        Err(found)
    }
}

/// The overlay as a file, or as an attribute of an input; never both.
fn overlay(
    problems: &mut Problems,
    flake_dir: &RepoPath,
    node: &Node,
) -> (Option<Overlay>, Option<InputOverlay>) {
    let mut fields = fields(problems, "overlay", node);
    let attribute = fields.text(problems, "attribute");
    let defines = fields.texts(problems, "defines");
    let Some(attribute) = attribute else {
        let overlay = overlay_file(problems, flake_dir, &mut fields);
        fields.finish(problems);
        problems.extend(defines.first().map(|first| {
            let message = "`defines` is for an `attribute`; the names of a `text` are read from it";
            first.spot.error("recipe-invalid", message)
        }));
        return (overlay, None);
    };
    if fields.any("path").or(fields.any("text")).is_some() {
        let message = "`[overlay]` has both an `attribute` of an input and a file of its own";
        let error = attribute.spot.error("recipe-invalid", message);
        problems.push(error.help("keep `attribute`, or `path` and `text`"));
    }
    fields.finish(problems);
    let attribute = attribute::read(problems, &attribute);
    let defines = defines.into_iter().map(|name| name.value).collect();
    let overlay = attribute.map(|attribute| InputOverlay { attribute, defines });
    (None, overlay)
}

/// The `path` and `text` of an overlay, which may share their table with other keys.
pub(super) fn overlay_file(
    problems: &mut Problems,
    flake_dir: &RepoPath,
    fields: &mut Fields<'_>,
) -> Option<Overlay> {
    let path = fields.required_text(problems, "path");
    let text = fields.required_text(problems, "text");
    let path = path.and_then(|path| check::nix_file(problems, flake_dir, &path));
    let text = text?;
    let OverlayFacts { defines, inputs } = answer(problems, &text, overlay_facts(&text.value))?;
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
    let replaces = fields.texts(problems, "replaces");
    let inspect = fields.text(problems, "inspect");
    let files = profile_files(problems, "files", &mut fields);
    fields.finish(problems);
    let dir = dir.and_then(|dir| check::literal_path(problems, flake_dir, &dir));
    let default = default?;
    problems.extend(unknown_default(&default, &files));
    Some(Profiles {
        dir,
        default: default.value,
        replaces: replaces.into_iter().map(|name| name.value).collect(),
        inspect: inspect.map(|name| name.value),
        files,
    })
}

fn unknown_default(default: &Setting<String>, files: &[Profile]) -> Option<Diagnostic> {
    let name = default.value.as_str();
    let names: Vec<&str> = files.iter().map(|profile| profile.name.as_str()).collect();
    if names.contains(&name) {
        return None;
    }
    let message = format!("the default profile `{name}` is not among `[profiles.files]`");
    let mut error = default.spot.error("profile-unknown", message);
    error.help = did_you_mean(name, &names);
    Some(error)
}

/// The profiles in the table under `key`.
pub(super) fn profile_files(
    problems: &mut Problems,
    key: &'static str,
    fields: &mut Fields<'_>,
) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for (name, text) in fields.map(problems, key) {
        let name = check::profile_name(problems, name);
        let package = answer(problems, &text, installed_package(&text.value));
        if let (Some(name), Some(package)) = (name, package) {
            let text = Rc::from(text.value);
            profiles.push(Profile {
                name,
                text,
                package,
            });
        }
    }
    profiles
}

/// What was found in a Nix text, or its fault as a problem in the recipe file.
fn answer<T>(
    problems: &mut Problems,
    text: &Setting<String>,
    found: Result<T, Unusable>,
) -> Option<T> {
    let place = |Unusable { range, why }| {
        let spot = text.spot.within(&text.value, range);
        problems.push(spot.error("recipe-nix-text", why));
    };
    found.map_err(place).ok()
}
