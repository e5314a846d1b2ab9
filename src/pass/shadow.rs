//! Names of the new overlay that another overlay of the repository defines already: adding ours would silently change
//! what such a name means.

use super::{Applied, Changes, Context};
use crate::diagnostic::Diagnostic;
use crate::eval::is_own;
use crate::eval::value::{Attr, Kind, Origin, Site, Thunk, Value};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::overlays::{definitions_of_overlay, definitions_of_override, file_of};
use crate::path::RepoPath;

/// Another overlay of a host that defines names of ours.
pub struct Shadowed {
    /// Where it does, in the user's files.
    pub place: Option<Origin>,
    /// The names.
    pub names: Vec<String>,
}

impl Shadowed {
    /// What defines the names, for a message.
    pub fn by(&self) -> String {
        match &self.place {
            Some(origin) => format!("`{}`", origin.file.path),
            None => "another overlay".to_string(),
        }
    }
}

/// The other overlays and overrides of a host that define names of `ours`, those in the `ignored` files aside.
pub fn shadowed(
    flake: &Flake,
    built: &Built,
    ours: &[String],
    ignored: impl Fn(&RepoPath) -> bool,
) -> Vec<Shadowed> {
    let overlays = built.overlays.all.iter();
    let others = overlays
        .flat_map(|overlay| overlay.value.alternatives())
        .filter(|other| !file_of(other).is_some_and(&ignored))
        .map(|other| (other, definitions_of_overlay(flake, other).0));
    let overrides = built.overlays.overrides.iter();
    let overrides = overrides.map(|other| (other, definitions_of_override(flake, other)));
    let mut found: Vec<Shadowed> = Vec::new();
    for (other, defined) in others.chain(overrides) {
        let place_of = |attr: &Attr| attr.binding.as_ref().map(Site::origin);
        // Where overlays are put together to one, ours may be among them.
        let is_other = |attr: &Attr| !place_of(attr).is_some_and(|at| ignored(&at.file.path));
        let both: Vec<(&String, &Attr)> = ours
            .iter()
            .filter_map(|name| Some((name, defined.get(name.as_str())?)))
            .filter(|(_, attr)| is_other(attr))
            .collect();
        let Some((_, first)) = both.first() else {
            continue;
        };
        let place = [place_of(first), other.origin.clone()]
            .into_iter()
            .flatten()
            .find(|at| !is_own(&at.file.path));
        let key = |place: &Option<Origin>| place.as_ref().map(Origin::key);
        if found.iter().all(|known| key(&known.place) != key(&place)) {
            let names = both.into_iter().map(|(name, _)| name.clone()).collect();
            found.push(Shadowed { place, names });
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

fn way_out(context: &Context, shadowed: &Shadowed) -> String {
    let accept = "accept the new meaning with --shadow";
    match shadowed.place.as_ref().map(|origin| &origin.file.path) {
        Some(file) if context.layout.removed.contains(file) => {
            format!("migrate every host that applies it, so that it can go, or {accept}")
        }
        Some(file) if is_overlay(&context.model.flake, file) => {
            format!("delete that overlay as well with --remove {file}, or {accept}")
        }
        _ => format!("rename or remove what has the name, or {accept}"),
    }
}

/// Whether a file is an overlay, or a function that gives one, and nothing else.
fn is_overlay(flake: &Flake, file: &RepoPath) -> bool {
    let argument = Thunk::done(Value::unknown("an argument"));
    let given_one = flake.ev.apply(&flake.ev.import(file), &argument);
    matches!(given_one.kind, Kind::Lambda(_))
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
    let diagnostic = |shadowed: &Shadowed| {
        let names = shadowed.names.iter().map(|name| format!("`{name}`"));
        let names: Vec<_> = names.collect();
        let message = format!(
            "{} defines {} already, and the new `{ours}` would change what that means",
            shadowed.by(),
            names.join(", ")
        );
        Diagnostic::error("name-shadowed", message)
            .at_origin(shadowed.place.as_ref())
            .help(way_out(context, shadowed))
    };
    found.iter().map(diagnostic).collect()
}
