//! Hosts whose configuration leaves no room for one more overlay: an assertion about them, or a definition that may
//! overrule all others.

use super::{Changes, Context};
use crate::diagnostic::Diagnostic;
use crate::eval::value::{Kind, Origin};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::options::{PLAIN_PRIORITY, definitions, strongest};

/// Refuses the host if one more overlay may break its configuration, or may not take effect.
pub(super) fn refuse_forbidden(
    changes: &mut Changes,
    context: &Context,
    host: &str,
    built: &Built,
) -> bool {
    let flake = &context.model.flake;
    let asserted =
        "an assertion of its configuration is about `nixpkgs.overlays`, so one more may break it";
    let forced = "a definition under a condition may overrule every other `nixpkgs.overlays`";
    let (origin, message) = match (assertion(flake, built), perhaps_forced(flake, built)) {
        (Some(origin), _) => (origin, asserted),
        (None, Some(origin)) => (origin, forced),
        (None, None) => return false,
    };
    let help = "add the overlay by hand where this configuration wants it, or change this line";
    let diagnostic = Diagnostic::error("overlays-asserted", message)
        .at_origin(Some(&origin))
        .help(help);
    changes.refuse(host, diagnostic);
    true
}

/// An assertion that speaks of overlays.
fn assertion(flake: &Flake, built: &Built) -> Option<Origin> {
    let lists = definitions(flake, &built.modules, &["assertions"]);
    let items = lists
        .iter()
        .filter_map(|definition| match &definition.value.kind {
            Kind::List(list) => Some(list.items().flatten().cloned().collect::<Vec<_>>()),
            _ => None,
        });
    items.flatten().find_map(|item| {
        let value = flake.ev.force(&item);
        let site = value.as_attrs()?.map.get("assertion")?.binding.clone()?;
        site.origin()
            .text()
            .contains("overlays")
            .then_some(site.origin())
    })
}

/// A definition of the overlays that holds under a condition only, and then overrules the others.
fn perhaps_forced(flake: &Flake, built: &Built) -> Option<Origin> {
    let all = definitions(flake, &built.modules, &["nixpkgs", "overlays"]);
    let strongest = strongest(all.iter().map(|one| (one.certain, one.priority)));
    let overrules = |priority: i64| priority < strongest.unwrap_or(PLAIN_PRIORITY);
    let found = all
        .into_iter()
        .find(|one| !one.certain && overrules(one.priority))?;
    found
        .binding
        .map(|site| site.origin())
        .or(found.value.origin)
}
