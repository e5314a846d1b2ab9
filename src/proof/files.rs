//! Point 1, 6, 7 and half of 8: the changed files by themselves.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Question, failure};
use crate::diagnostic::Diagnostic;
use crate::expr::{Binder, Use};
use crate::flake::syntax_errors;
use crate::pass::references;
use crate::path::RepoPath;

use crate::tree::File;

pub(super) fn check(question: &Question) -> Vec<Diagnostic> {
    let before = question.before.flake.tree();
    let mut failures = Vec::new();
    for (path, after) in question.changes.tree.changed() {
        let Some(after) = after else { continue };
        match before.file(path) {
            Ok(before) => failures.extend(check_modified(question, &before, after)),
            Err(_) => failures.extend(check_created(after)),
        }
    }
    for deleted in &question.changes.deleted {
        for reference in references(&question.changes.tree, deleted) {
            let message = format!(
                "`{}` still refers to the deleted `{deleted}`",
                reference.file.path
            );
            failures.push(failure("proof-dangling", message));
        }
    }
    failures
}

fn check_created(file: &File) -> Option<Diagnostic> {
    syntax_errors(file).err().map(|_| {
        failure(
            "proof-syntax",
            format!("the new file `{}` does not parse", file.path),
        )
    })
}

fn check_modified(question: &Question, before: &Rc<File>, after: &Rc<File>) -> Vec<Diagnostic> {
    let path = &after.path;
    // Nobody needs the tree that the passes edited any more, and there may be thousands.
    before.forget_root();
    let (Some(old), Some(new)) = (before.exprs(), after.exprs()) else {
        return vec![failure("proof-syntax", format!("`{path}` does not parse"))];
    };
    debug_assert!(after.root().is_ok(), "what can be evaluated is Nix to rnix");
    let mut failures = Vec::new();
    if !only_edits_differ(question, before, after) {
        failures.push(failure(
            "proof-bytes",
            format!("a byte of `{path}` outside the edits has changed"),
        ));
    }
    let twice = new.duplicates(&after.text).len();
    if twice > 0 && twice > old.duplicates(&before.text).len() {
        failures.push(failure(
            "proof-duplicate",
            format!("`{path}` would define a name twice"),
        ));
    }
    let back = |offset: usize| question.changes.map_back(path, offset);
    failures.extend(check_names(
        path,
        &old.uses(&before.text),
        &new.uses(&after.text),
        back,
    ));
    failures
}

/// The edits, applied one after the other to the old text, give the new one: no other byte has changed.
fn only_edits_differ(question: &Question, before: &File, after: &File) -> bool {
    let steps = question.changes.history.get(&after.path);
    let edited = steps
        .into_iter()
        .flatten()
        .fold(before.text.to_string(), |text, edits| edits.apply(&text));
    edited == *after.text
}

/// Every variable that was there means what it meant, and no new one is undefined.
fn check_names(
    path: &RepoPath,
    before: &[Use],
    after: &[Use],
    back: impl Fn(usize) -> Option<usize>,
) -> Vec<Diagnostic> {
    let before: FxHashMap<usize, &Use> = before.iter().map(|old| (old.range.start, old)).collect();
    let mut failures = Vec::new();
    for used in after {
        let old = back(used.range.start).and_then(|start| before.get(&start));
        let same = match (old, &used.binder) {
            (None, Binder::Free) => false,
            (None, _) => true,
            (Some(old), binder) => same_binder(&old.binder, binder, &back),
        };
        if !same {
            let name = &used.name;
            let message = match old {
                Some(_) => format!("`{name}` in `{path}` would mean something else"),
                None => format!("`{name}` would not be defined in `{path}`"),
            };
            failures.push(failure("proof-names", message));
        }
    }
    failures
}

fn same_binder(before: &Binder, after: &Binder, back: impl Fn(usize) -> Option<usize>) -> bool {
    match (before, after) {
        (Binder::Bound(old), Binder::Bound(new)) | (Binder::With(old), Binder::With(new)) => {
            back(new.start) == Some(old.start)
        }
        (Binder::Builtin, Binder::Builtin) | (Binder::Free, Binder::Free) => true,
        _ => false,
    }
}
