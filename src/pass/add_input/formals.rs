//! The new input as an argument: a pattern without `...` refuses one more input.

use rnix::ast;

use super::super::{Changes, Context};
use crate::rewrite;
use crate::syntax::node_at;

/// Adds the name to every pattern without `...` that is called with all inputs: it would refuse one more. A call that Nix
/// refuses for another name already is none of ours. Gives the number of patterns.
pub(super) fn add_formals(changes: &mut Changes, context: &Context, name: &str) -> usize {
    let flake = &context.model.flake;
    // Functions in other files are called where hosts are looked into.
    context.model.hosts();
    let mut added = 0;
    for call in flake.ev.closed_calls() {
        let file = &call.pattern.file;
        let pattern = file
            .root()
            .ok()
            .and_then(|root| node_at::<ast::Pattern>(root, call.pattern.range.clone()));
        let is_named = call.formals.iter().any(|formal| &**formal == name);
        let is_ours = call.surplus.iter().all(|surplus| &**surplus == name);
        if let (Some(pattern), false, true) = (pattern, is_named, is_ours) {
            changes.edit(&file.path, rewrite::add_formal(&file.text, &pattern, name));
            added += 1;
        }
    }
    added
}
