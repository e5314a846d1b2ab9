//! A list that applies the old overlay must be one that a host, or something else of the flake that nixfix follows, takes
//! its overlays from: only there is it known that the new overlay takes the old one's place.

use std::collections::BTreeSet;

use rnix::ast;
use rowan::ast::AstNode;

use super::super::{Changes, Context, references};
use super::unreference::overlay_expression;
use crate::diagnostic::Diagnostic;
use crate::flake::overlays::literals;
use crate::path::RepoPath;
use crate::syntax::range_of;

/// Whether every list that names `old` is in sight. Says which are not.
pub(super) fn check(changes: &mut Changes, context: &Context, old: &RepoPath) -> bool {
    if context.applied().next().is_none() {
        return true;
    }
    let found = references(&changes.tree, old);
    let listed: Vec<_> = found
        .iter()
        .filter_map(|reference| {
            let overlay = overlay_expression(reference.path.clone()?);
            let list = overlay.syntax().parent().and_then(ast::List::cast)?;
            Some((reference, range_of(&list)))
        })
        .collect();
    if listed.is_empty() {
        return true;
    }
    let known = lists_in_sight(context);
    let mut clear = true;
    for (reference, list) in listed {
        let file = &reference.file.path;
        let in_sight = known
            .iter()
            .any(|(path, start, end)| path == file && *start <= list.start && list.end <= *end);
        if !in_sight {
            changes.say(out_of_sight(old, file, reference.range.clone()));
            clear = false;
        }
    }
    clear
}

fn out_of_sight(old: &RepoPath, file: &RepoPath, range: std::ops::Range<usize>) -> Diagnostic {
    let message = format!(
        "it cannot be seen what a list with `{old}` is for, so it is not known whether it needs the new overlay"
    );
    Diagnostic::error("reference-out-of-sight", message)
        .at(file.clone(), range)
        .help("apply the new overlay here by hand, or remove this one if nothing needs it; then run nixfix again")
}

/// Where the lists stand that hosts and others take their overlays and modules from.
fn lists_in_sight(context: &Context) -> BTreeSet<(RepoPath, usize, usize)> {
    let model = context.model;
    let hosts = model.built().map(|(_, _, built)| built);
    let all = hosts.chain(model.others().iter().map(|other| &other.built));
    let mut known = BTreeSet::new();
    for built in all {
        let overlays = built.overlays.lists.iter().map(|list| &list.value);
        for list in overlays.chain([&built.modules.list]) {
            let written = literals(list).into_iter();
            known.extend(written.map(|literal| literal.site.origin().key()));
            known.extend(list.origin.iter().map(|origin| origin.key()));
        }
    }
    known
}
