//! The proof: the edited tree, evaluated again and compared with the original, has what it should have and nothing else
//! has changed. A plan that fails any point of it is refused.
//!
//! Each point is a file; `fingerprint` says when a module or an overlay of the edited tree is the same as one before.

mod collected;
mod files;
mod fingerprint;
mod host_modules;
mod host_overlays;
mod hosts;
mod input;
mod others;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::flake::model::Model;
use crate::pass::{Applied, Changes, Choice, Layout};
use crate::recipe::Recipe;
use crate::tree::Tree;

/// What is to be proven.
pub struct Question<'a> {
    /// The flake before any change.
    pub before: &'a Model,
    /// What was to be added and removed.
    pub recipe: &'a Recipe,
    /// Where new files went.
    pub layout: &'a Layout,
    /// Each host's profile.
    pub choices: &'a BTreeMap<String, Choice>,
    /// The hosts that were to be left as they are.
    pub excluded: BTreeSet<String>,
    /// The passes that ran.
    pub passes: Vec<&'static str>,
    /// Whether names of other overlays may be hidden.
    pub shadow: bool,
    /// What was done.
    pub changes: &'a Changes,
}

impl Question<'_> {
    /// The overlays this run had to apply.
    fn applied(&self) -> impl Iterator<Item = Applied<'_>> {
        let first = self.first().filter(|_| self.ran("insert-overlay"));
        let second = self.second().filter(|_| self.ran("advanced-overlay"));
        first.chain(second)
    }

    /// The overlay that every host is to have in the end.
    fn first(&self) -> impl Iterator<Item = Applied<'_>> {
        Applied::first(self.recipe, self.layout)
    }

    /// The one beside it, where the user opted in.
    fn second(&self) -> impl Iterator<Item = Applied<'_>> {
        let advanced = self.recipe.advanced.iter().filter(|one| one.enabled);
        advanced.map(|advanced| Applied::file(&advanced.overlay, self.layout))
    }

    /// Whether the pass of that name ran.
    fn ran(&self, pass: &str) -> bool {
        self.passes.contains(&pass)
    }
}

/// Proves the changes: `read` reads the flake of a tree, `replan` runs the passes once more on a model.
///
/// # Errors
/// Every point that does not hold; one about a single host names it.
pub fn check(
    question: &Question,
    read: impl Fn(&Tree) -> Result<Model, Vec<Diagnostic>>,
    replan: impl Fn(&Model) -> Changes,
) -> Result<(), Vec<Diagnostic>> {
    let mut failures = files::check(question);
    if question.changes.version == 0 {
        // The edited tree is the original one, and the passes have just found nothing to do in it.
        failures.extend(points(question, question.before));
    } else {
        match read(&question.changes.tree) {
            Ok(after) => {
                failures.extend(points(question, &after));
                failures.extend(nothing_left(&replan(&after)));
            }
            Err(diagnostics) => failures.extend(diagnostics),
        }
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures)
    }
}

/// The points that the model of the edited tree is asked for.
fn points(question: &Question, after: &Model) -> Vec<Diagnostic> {
    let collected = collected::check(question, after);
    if !collected.is_empty() {
        // What else does not hold follows from this.
        return collected;
    }
    let mut failures = input::check(question, after);
    failures.extend(hosts::check(question, after));
    failures.extend(others::check(question, after));
    failures
}

/// Planning the edited tree must yield nothing.
fn nothing_left(again: &Changes) -> Vec<Diagnostic> {
    let mut left: Vec<String> = again
        .history
        .keys()
        .map(|path| format!("change `{path}`"))
        .collect();
    left.extend(again.created.iter().map(|path| format!("create `{path}`")));
    left.extend(again.deleted.iter().map(|path| format!("delete `{path}`")));
    let mut failures = Vec::new();
    if !left.is_empty() {
        failures.push(failure(
            "proof-idempotent",
            format!("a second run would still {}", left.join(", ")),
        ));
    }
    failures.extend(again.refused.values().cloned());
    failures.extend(
        again
            .diagnostics
            .iter()
            .filter(|one| one.severity == crate::diagnostic::Severity::Error)
            .cloned(),
    );
    failures
}

/// A point that does not hold.
fn failure(code: &'static str, message: String) -> Diagnostic {
    Diagnostic::error(code, format!("the result could not be proven: {message}"))
        .help("nothing was written; make this change by hand, and please report the case")
}
