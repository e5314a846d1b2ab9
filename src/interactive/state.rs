//! `State`: what was answered so far, and the plan of it.

use std::collections::BTreeSet;

use super::{Review, Reviewed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Plan, Request, Step, build};
use crate::recipe::{Machine, Recipe};

/// What was answered so far. The plan is always that of the recipe and the request, and proven.
#[derive(Clone)]
pub(super) struct State {
    /// The recipe, with the profiles that were chosen.
    pub recipe: Recipe,
    /// The request, with what was left out.
    pub request: Request,
    /// Their plan.
    pub plan: Plan,
    /// The steps that were accepted.
    accepted: BTreeSet<String>,
}

impl State {
    /// Nothing was answered yet. Hosts that cannot be served are asked about, so the planner goes on without them.
    pub fn new(review: &Review) -> State {
        let request = Request {
            keep_going: true,
            ..review.request.clone()
        };
        State {
            plan: plan(review, review.recipe, &request),
            recipe: review.recipe.clone(),
            request,
            accepted: BTreeSet::new(),
        }
    }

    /// The end of the review.
    pub fn into_reviewed(self) -> Reviewed {
        Reviewed::Planned(Box::new((self.plan, self.recipe)))
    }

    /// Plans and proves again.
    pub fn replan(&mut self, review: &Review) {
        self.plan = plan(review, &self.recipe, &self.request);
    }

    /// What is wrong with the plan as a whole, not with single hosts.
    pub fn flaw(&self) -> Option<&Diagnostic> {
        let mut all = self.plan.diagnostics.iter();
        all.find(|said| said.severity == Severity::Error && said.host.is_none())
    }

    /// The refusals of hosts.
    pub fn refusals(&self) -> impl Iterator<Item = &Diagnostic> {
        let all = self.plan.diagnostics.iter();
        all.filter(|said| said.severity == Severity::Error && said.host.is_some())
    }

    /// Accepts a step, as long as the plan has it in this form.
    pub fn accept(&mut self, step: &Step) {
        self.accepted.insert(step.title.clone());
    }

    /// Whether nothing was decided between the two.
    pub fn is_like(&self, other: &State) -> bool {
        (
            &self.recipe,
            &self.request.skip,
            &self.request.left_out,
            &self.accepted,
        ) == (
            &other.recipe,
            &other.request.skip,
            &other.request.left_out,
            &other.accepted,
        )
    }

    /// The first step that was not accepted, with its number from 1.
    pub fn open(&self) -> Option<(usize, &Step)> {
        let mut all = self.plan.steps.iter().enumerate();
        let (index, step) = all.find(|(_, step)| !self.accepted.contains(&step.title))?;
        Some((index + 1, step))
    }

    /// Gives a host a profile.
    pub fn choose(&mut self, host: &str, profile: &str) {
        let machines = &mut self.recipe.machines;
        machines.retain(|machine| machine.host != host);
        machines.push(Machine {
            host: host.to_string(),
            profile: profile.to_string(),
            place: None,
        });
        self.request.left_out.profiles.remove(host);
    }
}

fn plan(review: &Review, recipe: &Recipe, request: &Request) -> Plan {
    let mut planned = None;
    (review.during)(&mut || planned = Some(build(review.tree, recipe, request)));
    planned.expect("what is to be run during the wait is run")
}
