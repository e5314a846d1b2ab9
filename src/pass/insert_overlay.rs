//! Adds the overlay to every host, exactly once: to the host's own `nixpkgs.overlays` where there is one, else as a module.
//!
//! ```nix
//! nixpkgs.overlays = [ overlay-stable ];
//! ```
//! ->
//! ```nix
//! nixpkgs.overlays = [ overlay-stable (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
//! ```

pub(super) mod others;
mod places;
mod presence;

use std::cell::LazyCell;
use std::collections::BTreeSet;

use self::places::{Finder, MODULES};
use super::applied::Applied;
use super::changes::Placed;
use super::cover::{Added, Cover, add_at, by_hand, copy_without, in_the_way, out_of_reach};
use super::doubt::doubtful_places;
use super::in_use::InUse;
use super::module_body::OfHosts;
use super::{Changes, Context, Pass, Subject, forbidden, shadow};
use crate::diagnostic::Diagnostic;
use crate::flake::overlays::Takes;
use crate::flake::scope::InputsEntry;
use crate::path::RepoPath;
use crate::plan::StepKind;
use crate::recipe::InputAttribute;
use crate::rewrite::Style;

pub(super) const PASS: Pass = Pass {
    name: "insert-overlay",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.overlay.is_some() || recipe.input_overlay.is_some(),
    by_earlier: true,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    context
        .applied()
        .for_each(|overlay| ensure(changes, context, overlay));
}

/// So much worse is a place where a module becomes a function: worse than any other.
const LAST: u16 = 1_000;

/// Sees to it that every host has the overlay exactly once.
pub(super) fn ensure(changes: &mut Changes, context: &Context, overlay: Applied) {
    if !declares(changes, context, overlay) {
        return;
    }
    let flake = &context.model.flake;
    let of_hosts = OfHosts::of(context);
    let in_use = LazyCell::new(|| InUse::of(context, overlay));
    let mut cover = Cover::default();
    let mut wanting = BTreeSet::new();
    for (index, host, built) in context.model.built() {
        let excluded = context.excluded.contains(&*host.name);
        let wants = !excluded && presence::is_missing(changes, context, built, &host.name, overlay);
        let wants = wants && !forbidden::refuse_forbidden(changes, context, &host.name, built);
        let wants =
            wants && !shadow::refuse_shadowing(changes, context, &host.name, built, overlay);
        let wants = wants && !in_use.refuse(changes, &host.name, built);
        if wants {
            wanting.insert(index);
        }
        let finder = Finder::new(context, &host.name, built, overlay, &of_hosts);
        for (spot, rank, addition) in finder.places() {
            // Others may use the module as well, and they may not offer what it would take.
            let rank = match &addition {
                Some(addition) if addition.makes_function() => rank.worse(LAST),
                Some(addition) if addition.formal().is_some() => rank.behind(MODULES),
                _ => rank,
            };
            cover.offer(index, spot, rank, addition.filter(|_| wants));
        }
        cover.doubt(index, doubtful_places(flake, built));
    }
    if !wanting.is_empty() {
        in_use.say(changes, context);
    }
    for (index, other) in others::bereft(changes, context, overlay) {
        wanting.insert(index);
        let finder = Finder::new(context, &other.name, &other.built, overlay, &of_hosts);
        for (spot, rank, addition) in finder.places() {
            cover.offer(index, spot, rank, addition);
        }
        cover.doubt(index, doubtful_places(flake, &other.built));
    }
    let (chosen, left) = cover.choose_own(context, &wanting);
    let added = Added {
        sentence: &|hosts, file| format!("Apply `{overlay}` to {hosts} in `{file}`"),
        step: &|file, hosts| StepKind::ApplyOverlay {
            overlay: overlay.to_string(),
            file,
            hosts,
        },
        placed: context.is_first(overlay).then_some(Placed::Overlay),
    };
    add_at(changes, context, &chosen, &added);
    let places = chosen.iter().map(|choice| choice.spot.key());
    let since = &mut changes.since;
    let applied = since.applied.entry(overlay.to_string());
    applied.or_default().extend(places);
    since.has_modules |= chosen.iter().any(|choice| choice.addition.is_module);
    if !left.is_empty() {
        context.model.outdate();
    }
    for (index, in_the_way) in left {
        match index < context.model.hosts().len() {
            true => refuse(changes, context, index, overlay, &in_the_way, &of_hosts),
            false => others::refuse(changes, context, index, overlay),
        }
    }
}

/// Whether the flake declares the input that the overlay is an attribute of.
fn declares(changes: &mut Changes, context: &Context, overlay: Applied) -> bool {
    match overlay {
        Applied::Attribute(one) => is_declared(changes, context, &one.attribute),
        Applied::File(..) => true,
    }
}

/// Whether the flake declares the input of what is to be added.
pub(super) fn is_declared(
    changes: &mut Changes,
    context: &Context,
    attribute: &InputAttribute,
) -> bool {
    let input = &attribute.input;
    if context.model.has_input(input) {
        return true;
    }
    let message = format!("the flake has no input `{input}`, and `{attribute}` is to be added");
    let help = "declare it, or let the recipe's `[input]` add it";
    changes.say(Diagnostic::error("input-missing", message).help(help));
    false
}

fn refuse(
    changes: &mut Changes,
    context: &Context,
    index: usize,
    overlay: Applied,
    others: &BTreeSet<usize>,
    of_hosts: &OfHosts,
) {
    let model = &context.model.hosts()[index];
    let Ok(built) = &model.built else { return };
    let written = || Some(model.host.binding.as_ref()?.origin());
    let origin = built.system.origin.clone().or_else(written);
    let directory = origin
        .as_ref()
        .and_then(|origin| origin.file.path.parent())
        .unwrap_or_else(RepoPath::root);
    let style = Style::of("{ }");
    let import = overlay.expression(&directory, &InputsEntry::Inherit, &style);
    let import = overlay.item(&import);
    let finder = Finder::new(context, &model.host.name, built, overlay, of_hosts);
    let in_copy = overlay
        .path()
        .is_some_and(|path| copy_without(context, built, path).is_some());
    let nameless = !in_copy
        && finder
            .places()
            .iter()
            .all(|(_, _, addition)| addition.is_none());
    let (why, help) = match &built.overlays.takes {
        Takes::PackageSet { why } => (
            format!(": {why}"),
            format!("add this to the overlays of its package set:\n{import}"),
        ),
        Takes::Modules if nameless => (
            ": where its modules and overlays are written, the flake's inputs have no name"
                .to_string(),
            format!(
                "pass `inputs` on to there, then add this to its modules:\n{{ nixpkgs.overlays = [ {import} ]; }}"
            ),
        ),
        Takes::Modules => (
            match overlay.path() {
                Some(path) => out_of_reach(context, built, path, others),
                None => in_the_way(context, others),
            },
            by_hand(
                context,
                others,
                &format!("{{ nixpkgs.overlays = [ {import} ]; }}"),
            ),
        ),
    };
    let message =
        format!("no place was found where it alone would get the overlay `{overlay}`{why}");
    let diagnostic = Diagnostic::error("no-overlay-place", message)
        .at_origin(origin.as_ref())
        .help(help);
    changes.refuse(&model.host.name, diagnostic);
}
