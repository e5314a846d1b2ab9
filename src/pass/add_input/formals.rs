//! The new input as an argument: a pattern without `...` refuses one more input.

use rnix::ast;

use super::super::Changes;
use crate::flake::model::Model;
use crate::rewrite;
use crate::syntax::node_at;

/// Adds the name of a declared input to every pattern without `...` that is given it and does not take it. A call that
/// Nix refuses for another name already is none of ours. Gives the number of patterns.
pub(super) fn add_formals(changes: &mut Changes, model: &Model, name: &str) -> usize {
    let flake = &model.flake;
    // Functions in other files are called where hosts are looked into.
    model.hosts();
    let mut added = 0;
    for call in flake.ev.closed_calls() {
        let file = &call.pattern.file;
        let pattern = || node_at::<ast::Pattern>(&file.root().ok()?, call.pattern.range());
        let is_refused = matches!(call.surplus.as_slice(), [only] if &**only == name);
        if let Some(pattern) = is_refused.then(pattern).flatten() {
            changes.edit(&file.path, rewrite::add_formal(&file.text, &pattern, name));
            added += 1;
        }
    }
    changes.since.needs_reading |= added > 0;
    added
}
