//! What is no host and applies an overlay that goes, such as a Home Manager configuration with a package set of its own:
//! it gets the new overlay in its place, since it may use the same packages.

use std::collections::BTreeSet;

use super::super::cover::{Spot, SpotKey};
use super::super::doubt::doubtful_places;
use super::super::module_body::OfHosts;
use super::super::shadow::shadowing;
use super::super::{Applied, Changes, Context};
use super::places::Finder;
use crate::diagnostic::Diagnostic;
use crate::eval::value::Origin;
use crate::flake::modules::Module;
use crate::flake::others::Other;
use crate::path::RepoPath;

/// The configurations besides the hosts that lose an overlay and lack the new one, each with the number by which
/// [`super::Cover`] knows it: they are counted on from the hosts.
pub(super) fn bereft<'c>(
    changes: &mut Changes,
    context: &Context<'c>,
    overlay: Applied,
) -> Vec<(usize, &'c Other)> {
    let going = context.replaced_by(overlay);
    // Only then is it worth looking at every output.
    if going.is_empty() {
        return Vec::new();
    }
    let model = context.model;
    let others = model.others().iter().enumerate();
    let bereft: Vec<_> = others
        .map(|(index, other)| (model.hosts().len() + index, other))
        .filter(|(_, other)| going.iter().any(|old| other.built.overlays.apply(old)))
        .filter(|(_, other)| !overlay.applies_to(&model.flake, &other.built))
        .collect();
    for (_, other) in &bereft {
        shadowing(context, &other.built, overlay)
            .into_iter()
            .for_each(|diagnostic| changes.say(diagnostic));
    }
    bereft
}

/// Whether one of them has the overlay by now.
pub(in crate::pass) fn has(context: &Context, other: &Other, overlay: Applied) -> bool {
    let flake = &context.model.flake;
    let goes_through = |added: &BTreeSet<SpotKey>| {
        let of_hosts = OfHosts::of(context);
        let finder = Finder::new(context, &other.name, &other.built, overlay, &of_hosts);
        let is_it = |spot: &Spot| added.contains(&spot.key());
        // It may import the whole list of modules of a host.
        let is_beside = |module: &Module| {
            let place = module.origin.as_ref().map(Origin::key);
            let inside = |(file, start, end): (RepoPath, usize, usize)| {
                let mut lists = added.iter();
                lists.any(|(_, list, from, to)| *list == file && *from <= start && end <= *to)
            };
            module.certain && place.is_some_and(inside)
        };
        (finder.places().iter().any(|(spot, ..)| is_it(spot))
            && !doubtful_places(flake, &other.built).iter().any(is_it))
            || other.built.modules.all.iter().any(is_beside)
    };
    overlay.applies_to(flake, &other.built)
        || context.model.places_of(overlay).is_some_and(goes_through)
}

/// Says that no place was found for one of them.
pub(super) fn refuse(changes: &mut Changes, context: &Context, index: usize, overlay: Applied) {
    let other = &context.model.others()[index - context.model.hosts().len()];
    let message = format!(
        "`{}` applies an overlay that goes, and no place was found where it would get `{overlay}` instead",
        other.name
    );
    let help = format!("apply `{overlay}` there by hand, then run nixfix again");
    let list = other.built.overlays.lists.first();
    let diagnostic = Diagnostic::error("other-configuration", message)
        .at_origin(list.and_then(|list| list.value.origin.as_ref()))
        .help(help);
    changes.say(diagnostic);
}
