//! An interactive run: goes through the plan step by step, and has the planner plan and prove again what is left of it.
//!
//! What is skipped becomes part of the planner's question (hosts and old overlays that are left out, passes that do not
//! run, profiles that are given), never a hunk that is dropped. Asks through a `Dialogue`; prints and writes nothing.

mod answer;
mod choose;
mod leave_out;
mod refusals;
mod state;
mod steps;
#[cfg(test)]
mod tests;

use anyhow::Result;

use crate::plan::{Plan, Request};
use crate::recipe::Recipe;
use crate::report::{self, Outcome, Style, Texts};
use crate::tree::Tree;

use self::state::State;

/// Someone who answers.
pub trait Dialogue {
    /// Shows text that ends in a line feed.
    ///
    /// # Errors
    /// The terminal's.
    fn show(&mut self, text: &str) -> Result<()>;

    /// Asks for a line; `None` where there will be no further one.
    ///
    /// # Errors
    /// The terminal's.
    fn ask(&mut self, prompt: &str) -> Result<Option<String>>;
}

/// What is reviewed, and how it is shown.
pub struct Review<'a> {
    /// The tree before any change.
    pub tree: &'a Tree,
    /// What to migrate to.
    pub recipe: &'a Recipe,
    /// What to plan.
    pub request: &'a Request,
    /// How text looks.
    pub style: Style,
    /// The texts before any change.
    pub texts: Texts<'a>,
    /// Runs what may take a while.
    pub during: &'a dyn Fn(&mut dyn FnMut()),
    /// What happens to the plan in the end, such as `Write 3 files and commit them`, given their number; `None` where
    /// there is nothing to confirm.
    pub closing: Option<fn(usize) -> String>,
}

/// How a review ended.
pub enum Reviewed {
    /// The plan to go on with, which may be refused or empty, and the recipe it follows.
    Planned(Box<(Plan, Recipe)>),
    /// Nothing is to be done.
    Quit,
}

/// Reviews the plan with whoever is at the other end of the dialogue.
///
/// # Errors
/// The terminal's.
pub fn review(review: &Review, dialogue: &mut dyn Dialogue) -> Result<Reviewed> {
    let mut state = State::new(review);
    if state.flaw().is_some() || Outcome::of(&state.plan) == Outcome::Clean {
        return Ok(state.into_reviewed());
    }
    if !refusals::settle(review, &mut state, dialogue)? {
        return Ok(Reviewed::Quit);
    }
    if state.plan.refused || state.plan.steps.is_empty() {
        return Ok(state.into_reviewed());
    }
    let mut past = Vec::new();
    loop {
        if !steps::go_through(review, &mut state, &mut past, dialogue)? {
            return Ok(Reviewed::Quit);
        }
        match (review.closing, state.plan.changes.len()) {
            (None, _) | (_, 0) => return Ok(state.into_reviewed()),
            (Some(closing), count) => match confirm(review, &state, &closing(count), dialogue)? {
                Confirmed::Yes => return Ok(state.into_reviewed()),
                Confirmed::No => return Ok(Reviewed::Quit),
                Confirmed::Back => state = past.pop().unwrap_or(state),
            },
        }
    }
}

enum Confirmed {
    Yes,
    No,
    Back,
}

const CONFIRM_HELP: &str = "\
y - do it
n - do nothing
d - see the whole diff
k - go back to the last change
";

fn confirm(
    review: &Review,
    state: &State,
    question: &str,
    dialogue: &mut dyn Dialogue,
) -> Result<Confirmed> {
    let style = review.style;
    let styles = report::Styles {
        out: style,
        err: style,
    };
    let all = report::human(&state.plan, Outcome::of(&state.plan), styles, review.texts);
    dialogue.show(&format!("\n{}{}", all.summary, all.messages))?;
    loop {
        let prompt = answer::prompt(style, question, "y,n,d,k,?");
        match answer::letter(dialogue, &prompt)? {
            Some('y') => return Ok(Confirmed::Yes),
            None | Some('n' | 'q') => return Ok(Confirmed::No),
            Some('k') => return Ok(Confirmed::Back),
            Some('d') => dialogue.show(&report::diff(&state.plan.changes, style))?,
            Some(_) => dialogue.show(CONFIRM_HELP)?,
        }
    }
}
