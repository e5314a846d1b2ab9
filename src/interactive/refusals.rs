//! The hosts that cannot be served as they are: a contradictory one is given a profile, or left out; the others are told,
//! and left out if the user agrees.

use std::collections::BTreeSet;

use anyhow::Result;

use super::answer::{letter, prompt};
use super::choose::{self, Chosen};
use super::state::State;
use super::{Dialogue, Review};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report;

const HELP: &str = "\
y - leave it as it is, and go on with what can be done
q - quit; nothing is written
";

/// Asks about every refusal. Says whether to go on.
pub(super) fn settle(
    review: &Review,
    state: &mut State,
    dialogue: &mut dyn Dialogue,
) -> Result<bool> {
    let mut settled: BTreeSet<String> = BTreeSet::new();
    while let Some(refusal) = next(state, &settled) {
        let shown = report::diagnostics(std::slice::from_ref(&refusal), review.style, review.texts);
        dialogue.show(&format!("{shown}\n"))?;
        let host = refusal.host.clone();
        let goes_on = match host.filter(|_| refusal.code == "profile-contradictory") {
            Some(host) => contradictory(review, state, &host, dialogue)?,
            None if review.request.keep_going => true,
            None => go_on(review, dialogue)?,
        };
        if !goes_on {
            return Ok(false);
        }
        settled.insert(refusal.message);
    }
    Ok(true)
}

/// What was not asked about yet: hosts out of sight, and hosts that are refused.
fn next(state: &State, settled: &BTreeSet<String>) -> Option<Diagnostic> {
    let hidden =
        |said: &&Diagnostic| said.code == "hosts-hidden" && said.severity == Severity::Warning;
    let hidden = state.plan.diagnostics.iter().filter(hidden);
    hidden
        .chain(state.refusals())
        .find(|said| !settled.contains(&said.message))
        .cloned()
}

fn contradictory(
    review: &Review,
    state: &mut State,
    host: &str,
    dialogue: &mut dyn Dialogue,
) -> Result<bool> {
    let hosts = [host.to_string()];
    loop {
        match choose::profile(review, state, &hosts, dialogue)? {
            Chosen::Quit => return Ok(false),
            Chosen::Nothing => continue,
            Chosen::Profile => {}
            Chosen::LeaveOut => {
                state.request.left_out.hosts.insert(host.to_string());
            }
        }
        state.replan(review);
        return Ok(true);
    }
}

fn go_on(review: &Review, dialogue: &mut dyn Dialogue) -> Result<bool> {
    let prompt = prompt(review.style, "Leave it as it is, and go on", "y,q,?");
    loop {
        match letter(dialogue, &prompt)? {
            Some('y') => return Ok(true),
            None | Some('q' | 'n') => return Ok(false),
            Some(_) => dialogue.show(HELP)?,
        }
    }
}
