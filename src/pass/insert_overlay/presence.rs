//! Whether a host has the overlay already.

use super::super::applied::Applied;
use super::super::{Changes, Context};
use crate::diagnostic::Diagnostic;
use crate::eval::value::Kind;
use crate::flake::model::Built;
use crate::flake::overlays::Overlay;

/// Whether the host has the overlay not yet; a host that has it in some strange way, or may have it, is refused.
pub(super) fn is_missing(
    changes: &mut Changes,
    context: &Context,
    built: &Built,
    host: &str,
    overlay: Applied,
) -> bool {
    let flake = &context.model.flake;
    let all = built.overlays.all.iter();
    let found: Vec<&Overlay> = all.filter(|one| overlay.is(flake, one)).collect();
    let (message, help) = match (found.as_slice(), hidden_part(context, built, overlay)) {
        ([], None) => return true,
        ([only], _) if only.certain => return false,
        ([], Some(part)) => (
            format!(
                "a part of its overlays cannot be seen, so it may apply `{overlay}` already: {}",
                part.value.describe()
            ),
            "write that part in a way that nixfix can follow, or apply the overlay by hand",
        ),
        ([_], _) => (
            format!("it applies the overlay `{overlay}` under a condition only"),
            "apply it once, without condition",
        ),
        _ => (
            format!("it applies the overlay `{overlay}` more than once"),
            "apply it once, without condition",
        ),
    };
    let hidden = hidden_part(context, built, overlay).filter(|_| found.is_empty());
    let diagnostic = Diagnostic::error("overlay-elsewhere", message)
        .at_origin(hidden.and_then(|part| part.origin()))
        .help(help);
    changes.refuse(host, diagnostic);
    false
}

/// A part of the host's overlays that may hold anything. Nothing can hold a file that is new, or an input that is.
fn hidden_part<'b>(context: &Context, built: &'b Built, overlay: Applied) -> Option<&'b Overlay> {
    let Applied::Attribute(one) = overlay else {
        return None;
    };
    context.before.flake.input(&one.attribute.input)?;
    let mut all = built.overlays.all.iter();
    all.find(|overlay| matches!(overlay.value.kind, Kind::Unknown(_)))
}
