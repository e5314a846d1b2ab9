//! The report: a `Plan` as text for people, for `git apply` and for scripts.
//!
//! Everything here returns text; only `run` prints. Nothing depends on time, load or the order of a hash map, and no
//! byte of the user's repository reaches a terminal that could be taken for a control sequence.

mod diagnostics;
mod diff;
mod dot;
mod evidence;
mod explain;
#[cfg(test)]
mod fixture;
mod header;
mod heading;
mod hosts;
mod hunks;
mod json;
mod patch;
mod position;
mod recipe;
mod show;
mod show_host;
mod slide;
mod style;
mod summary;
mod table;
mod tree;
mod verification;
mod verification_json;
mod visible;
mod words;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::path::RepoPath;
use crate::plan::Plan;

use self::diff::diff_of;
use self::hunks::compare;
use self::summary::summary;

pub use self::diagnostics::{diagnostics, messages};
pub use self::diff::diff;
pub use self::dot::dot;
pub use self::evidence::{decisions, host_evidence};
pub use self::explain::{explanation, explanations};
pub use self::hosts::{evidence_for_others, evidence_for_profile, sides};
pub use self::json::json;
pub use self::patch::patch;
pub use self::recipe::recipe;
pub use self::show::show;
pub use self::show_host::show_host;
pub use self::style::Style;
pub(crate) use self::table::wrap;
pub use self::tree::tree;
pub use self::verification::{
    verification_failures, verification_summary, verified_flags, verified_hosts,
};
pub use self::verification_json::verification_json;
pub use self::visible::visible;
pub(crate) use self::visible::visible_line;

/// Looks up the text of a file as it is before any edit; `None` for a file that is not there or cannot be read.
pub type Texts<'a> = &'a dyn Fn(&RepoPath) -> Option<Rc<str>>;

/// What a plan comes to as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Files are to be changed.
    Changes,
    /// There is nothing to do.
    Clean,
    /// Nothing is written, because something was refused.
    Refused,
}

impl Outcome {
    /// The outcome of `plan`.
    pub fn of(plan: &Plan) -> Outcome {
        match (plan.refused, plan.changes.is_empty()) {
            (true, _) => Outcome::Refused,
            (false, true) => Outcome::Clean,
            (false, false) => Outcome::Changes,
        }
    }
}

/// What a person reads, in the order in which it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Human {
    /// For stderr: the hosts, the files, and what was decided and why.
    pub summary: String,
    /// For stdout: the diff; empty when there is nothing to change or the plan is refused.
    pub diff: String,
    /// For stderr, last, where the eye ends up: the diagnostics.
    pub messages: String,
}

/// How each stream is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Styles {
    /// stdout
    pub out: Style,
    /// stderr
    pub err: Style,
}

/// The whole report for a person.
pub fn human(plan: &Plan, outcome: Outcome, styles: Styles, texts: Texts<'_>) -> Human {
    let files = match outcome {
        Outcome::Changes => compare(&plan.changes),
        Outcome::Clean | Outcome::Refused => Vec::new(),
    };
    Human {
        summary: summary(plan, &files, outcome, styles.err),
        diff: diff_of(&files, styles.out),
        messages: messages(&plan.diagnostics, styles.err, texts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Styles = Styles {
        out: Style::PLAIN,
        err: Style::PLAIN,
    };

    #[test]
    fn a_plan_is_refused_only_where_it_says_so() {
        let mut plan = fixture::plan();
        assert_eq!(Outcome::of(&plan), Outcome::Changes);
        plan.changes.clear();
        // The error about a host that is left alone stays.
        assert_eq!(Outcome::of(&plan), Outcome::Clean);
        plan.refused = true;
        assert_eq!(Outcome::of(&plan), Outcome::Refused);
    }

    #[test]
    fn a_refused_plan_shows_its_messages_but_no_diff() {
        let refused = human(&fixture::plan(), Outcome::Refused, PLAIN, &fixture::texts);
        assert_eq!(refused.diff, "");
        assert!(refused.messages.contains("error[host-not-understood]"));
        let applied = human(&fixture::plan(), Outcome::Changes, PLAIN, &fixture::texts);
        assert!(applied.diff.contains("+++ b/flake.nix"));
    }
}
