//! Point 4a: the new input's own overlays are applied by nothing that applies those of every input.

use super::Question;
use crate::diagnostic::Diagnostic;
use crate::eval::value::{Kind, Root, Value};
use crate::flake::model::{Built, Model};

/// What would apply an overlay of the new input: more than was asked for, since that changes packages of other names.
pub(super) fn check(question: &Question, after: &Model) -> Vec<Diagnostic> {
    let input = question.recipe.input.as_ref();
    let is_new = |name: &&str| question.before.flake.input(name).is_none();
    let Some(input) = input.map(|input| input.name.as_str()).filter(is_new) else {
        return Vec::new();
    };
    let own = question.recipe.input_overlay.is_some();
    if own || question.changes.version == 0 {
        return Vec::new();
    }
    let hosts = after.built().filter_map(|(_, host, built)| {
        let overlay = overlay_of(input, built)?;
        let diagnostic = diagnostic(&format!("host `{}`", host.name), input, overlay);
        Some(diagnostic)
    });
    let others = after.others().iter().filter_map(|other| {
        let overlay = overlay_of(input, &other.built)?;
        Some(diagnostic(&format!("`{}`", other.name), input, overlay))
    });
    hosts.chain(others).collect()
}

fn overlay_of<'b>(input: &str, built: &'b Built) -> Option<&'b Value> {
    let values = built.overlays.all.iter().map(|overlay| &overlay.value);
    values.into_iter().find(|value| match &value.kind {
        Kind::Symbol(symbol) => matches!(&symbol.root, Root::Input(root) if **root == *input),
        _ => false,
    })
}

fn diagnostic(who: &str, input: &str, overlay: &Value) -> Diagnostic {
    let overlay = overlay.describe();
    let message = format!("{who} applies the overlays of every input, so it would get {overlay}");
    Diagnostic::error("input-collected", message).help(format!(
        "leave the input `{input}` out where that is done, then run nixfix again"
    ))
}
