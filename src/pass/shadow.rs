//! Names of the new overlay that another overlay of the repository defines already: adding ours would silently change
//! what such a name means.

use super::{Applied, Changes, Context};
use crate::diagnostic::Diagnostic;
use crate::eval::value::{Origin, Site};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::overlays::definitions_of_overlay;
use crate::path::RepoPath;

/// The other overlays of a host that define names of `ours`: each with the names.
pub fn shadowed(
    flake: &Flake,
    built: &Built,
    ours: &[String],
    ignored: impl Fn(&RepoPath) -> bool,
) -> Vec<(Origin, Vec<String>)> {
    let mut found: Vec<(Origin, Vec<String>)> = Vec::new();
    for other in &built.overlays.all {
        let Some(file) = other.file().filter(|file| !ignored(file)) else {
            continue;
        };
        if crate::eval::is_own(file) {
            continue;
        }
        let (defined, _) = definitions_of_overlay(flake, &other.value);
        let both: Vec<&String> = ours
            .iter()
            .filter(|name| defined.contains_key(name.as_str()))
            .collect();
        let at = both
            .first()
            .and_then(|name| defined.get(name.as_str())?.binding.as_ref());
        let origin = at.map(Site::origin).or(other.origin().cloned());
        if let (Some(origin), false) = (origin, both.is_empty())
            && !found.iter().any(|(known, _)| known.key() == origin.key())
        {
            found.push((origin, both.into_iter().cloned().collect()));
        }
    }
    found
}

/// Refuses the host where another overlay defines one of the new names, unless the user accepts that.
pub(super) fn refuse_shadowing(
    changes: &mut Changes,
    context: &Context,
    host: &str,
    built: &Built,
    ours: Applied,
) -> bool {
    let found = shadowing(context, built, ours);
    let any = !found.is_empty();
    for diagnostic in found {
        changes.refuse(host, diagnostic);
    }
    any
}

fn way_out(context: &Context, file: &RepoPath) -> String {
    let first = match context.layout.removed.contains(file) {
        true => "migrate every host that applies it, so that it can go".to_string(),
        false => format!("delete that overlay as well with --remove {file}"),
    };
    format!("{first}, or accept the new meaning with --shadow")
}

/// What is wrong where another overlay defines one of the new names; nothing if the user accepts that.
pub(super) fn shadowing(context: &Context, built: &Built, ours: Applied) -> Vec<Diagnostic> {
    let new = &context.layout.overlays;
    let ignored =
        |file: &RepoPath| context.going.contains(file) || new.values().any(|path| path == file);
    if context.shadow {
        return Vec::new();
    }
    let found = shadowed(&context.model.flake, built, ours.defines(), ignored);
    let diagnostic = |(origin, names): &(Origin, Vec<String>)| {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        let file = &origin.file.path;
        let message = format!(
            "`{file}` defines {} already, and the new `{ours}` would change what that means",
            names.join(", ")
        );
        Diagnostic::error("name-shadowed", message)
            .at(file.clone(), origin.range())
            .help(way_out(context, file))
    };
    found.iter().map(diagnostic).collect()
}
