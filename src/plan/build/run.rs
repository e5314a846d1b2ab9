//! Running the passes: each on the tree that the ones before it left, by the model of that tree or by an earlier one that
//! serves as well.

use std::collections::BTreeSet;

use super::{Planner, timed};
use crate::flake::model::Model;
use crate::pass::{Changes, Context, Latest, Pass, Seen, Since};
use crate::path::RepoPath;
use crate::plan::StepKind;

#[cfg(test)]
mod tests;

/// Which models the passes go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Models {
    /// One that is there already, where it serves.
    AtHand,
    /// That of the tree as it stands, always.
    Newest,
}

/// What the passes did.
pub(super) struct Ran {
    pub changes: Changes,
    /// The passes that went by an earlier model than that of the tree they changed.
    pub by_earlier: Vec<&'static str>,
}

/// What is the same for every pass.
struct Run<'r> {
    planner: &'r Planner<'r>,
    before: &'r Model,
    excluded: BTreeSet<String>,
    going: Vec<RepoPath>,
}

/// A model, and of which changes it is.
struct AtHand<'r> {
    latest: Latest<'r>,
    seen: Seen,
    version: usize,
}

impl Planner<'_> {
    /// Runs the passes from the tree of `model`.
    pub(super) fn run(&self, model: &Model, models: Models) -> Ran {
        self.run_on(model, Changes::new(model.flake.tree().clone()), models)
    }

    /// Runs the passes on top of `changes`, whose tree is that of `model`.
    pub(super) fn run_on(&self, model: &Model, mut changes: Changes, models: Models) -> Ran {
        let run = Run {
            planner: self,
            before: model,
            excluded: self.excluded(),
            going: self.going(model),
        };
        changes.since = Since::default();
        let mut at_hand = AtHand {
            latest: Latest::of(model),
            seen: changes.seen(),
            version: changes.version,
        };
        let mut by_earlier = Vec::new();
        for pass in self.passes() {
            let is_earlier = at_hand.version < changes.version;
            let may_serve =
                pass.by_earlier && models == Models::AtHand && !changes.since.needs_reading;
            let served = (is_earlier && may_serve)
                .then(|| run.by_earlier(&changes, &at_hand, pass))
                .flatten();
            match served {
                Some(served) => {
                    changes = served;
                    by_earlier.push(pass.name);
                }
                None if is_earlier => {
                    let newest = AtHand {
                        latest: Latest::in_tree(model, changes.tree.clone()),
                        seen: changes.seen(),
                        version: changes.version,
                    };
                    let since = std::mem::take(&mut changes.since);
                    run.pass(&mut changes, &newest.latest, pass);
                    if newest.latest.is_read() {
                        at_hand = newest;
                    } else {
                        changes.since = std::mem::take(&mut changes.since).and(since);
                    }
                }
                None => run.pass(&mut changes, &at_hand.latest, pass),
            }
            if changes.has_errors() {
                break;
            }
        }
        Ran {
            changes,
            by_earlier,
        }
    }
}

impl<'r> Run<'r> {
    fn pass(&self, changes: &mut Changes, latest: &Latest, pass: &Pass) {
        let context = Context {
            before: self.before,
            model: latest,
            recipe: self.planner.recipe,
            layout: &self.planner.layout,
            going: &self.going,
            choices: &self.planner.choices,
            excluded: &self.excluded,
            shadow: self.planner.request.shadow,
        };
        timed(pass.name, || {
            (pass.run)(changes, &context);
            if latest.failure().is_none() {
                changes.flush();
            }
        });
        match latest.failure() {
            Some(failure) => failure.iter().for_each(|one| changes.say(one.clone())),
            None => {
                let rest = format!("Do the rest of `{}`", pass.name);
                changes.step(StepKind::Rest(pass.name), rest);
            }
        }
    }

    /// The changes with those of the pass, made by the model at hand; `None` where that is not enough to go by.
    fn by_earlier(&self, changes: &Changes, at_hand: &AtHand, pass: &Pass) -> Option<Changes> {
        let mut attempt = changes.clone();
        let earlier = Latest::earlier(&at_hand.latest, &changes.since);
        attempt.seen = Some(at_hand.seen.clone());
        self.pass(&mut attempt, &earlier, pass);
        attempt.seen = None;
        let is_outdated = attempt.is_outdated || earlier.is_outdated();
        let serves = !is_outdated && !attempt.has_errors();
        if !serves {
            log::debug!("{}: an earlier model does not serve", pass.name);
        }
        serves.then_some(attempt)
    }
}
