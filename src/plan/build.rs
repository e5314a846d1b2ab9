//! Building the Plan: decide, run the passes, prove, and leave out the hosts that cannot be served until nothing changes.

mod again;
mod already;
mod finish;
mod host_plan;
mod needs;
mod obstacles;
mod run;
mod unsupported;

use std::collections::{BTreeMap, BTreeSet};

use self::run::{Models, Ran};
use super::choices;
use super::layout;
use super::naming;
use super::unknown;
use super::{LeftOut, Plan};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flake::model::Model;
use crate::pass::{Changes, Choice, Layout, PASSES, Subject};
use crate::path::RepoPath;
use crate::proof;
use crate::recipe::Recipe;
use crate::tree::Tree;

/// What to plan.
#[derive(Debug, Clone)]
pub struct Request {
    /// The flake.nix.
    pub flake: RepoPath,
    /// The names of the passes to run; empty for all.
    pub only: Vec<String>,
    /// The names of the passes to leave out.
    pub skip: Vec<String>,
    /// Whether hosts that cannot be served may be left as they are.
    pub keep_going: bool,
    /// Whether a name that another overlay defines may be hidden.
    pub shadow: bool,
    /// What the user wants left as it is.
    pub left_out: LeftOut,
}

/// Plans the migration of the flake in `tree`. A plan with an error changes nothing, unless the user said to keep going
/// and the error is about single hosts.
pub fn build(tree: &Tree, recipe: &Recipe, request: &Request) -> Plan {
    let model = match timed("reading the flake", || Model::read(tree, &request.flake)) {
        Ok(model) => model,
        Err(diagnostics) => return refused(request, diagnostics),
    };
    let recipe = naming::adopted(&model.flake, recipe);
    let planner = Planner::new(&model, &recipe, request);
    planner.plan()
}

/// Does a part of the work, and tells whoever listens how long it took.
fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begin = std::time::Instant::now();
    let result = work();
    log::debug!("{what}: {:.0} ms", begin.elapsed().as_secs_f64() * 1000.0);
    result
}

fn refused(request: &Request, diagnostics: Vec<Diagnostic>) -> Plan {
    Plan {
        flake: request.flake.clone(),
        hosts: Vec::new(),
        changes: Vec::new(),
        done: Vec::new(),
        already: Vec::new(),
        steps: Vec::new(),
        diagnostics,
        refused: true,
    }
}

/// What the passes did, and what the proof says of it where it was asked.
struct Attempt {
    ran: Ran,
    verdict: Option<Result<(), Vec<Diagnostic>>>,
}

impl Attempt {
    fn is_disproven(&self) -> bool {
        matches!(self.verdict, Some(Err(_)))
    }
}

struct Planner<'a> {
    before: &'a Model,
    recipe: &'a Recipe,
    request: &'a Request,
    layout: Layout,
    choices: BTreeMap<String, Choice>,
    /// What is wrong with the flake as a whole.
    flaws: Vec<Diagnostic>,
    /// The hosts that are left as they are, each with the reason.
    refused: BTreeMap<String, Diagnostic>,
}

impl<'a> Planner<'a> {
    fn new(before: &'a Model, recipe: &'a Recipe, request: &'a Request) -> Planner<'a> {
        let (layout, mut flaws) = layout::decide(before, recipe);
        let mut planner = Planner {
            before,
            recipe,
            request,
            layout,
            choices: BTreeMap::new(),
            flaws: Vec::new(),
            refused: BTreeMap::new(),
        };
        if !planner.runs("remove-overlay") {
            planner.layout.removed.clear();
        }
        let kept = &request.left_out.old_overlays;
        planner.layout.removed.retain(|file| !kept.contains(file));
        if planner.needs_hosts() {
            flaws.extend(obstacles::hidden_hosts(before, request));
            flaws.extend(unknown::hosts(before, recipe));
            planner.refused.extend(unsupported::hosts(before, recipe));
            planner.refused.extend(obstacles::of_hosts(before));
            let decisions = choices::decide(before, recipe, &planner.layout);
            planner.choices = decisions.choices;
            flaws.extend(decisions.notes);
            planner.refused.extend(decisions.undecided);
            flaws.extend(obstacles::exhausted(before));
            let left = &request.left_out;
            planner.refused.retain(|host, _| !left.hosts.contains(host));
            planner
                .choices
                .retain(|host, _| !left.profiles.contains(host));
            flaws.extend(needs::missing(&planner));
        }
        planner.flaws = flaws;
        planner
    }

    fn passes(&self) -> impl Iterator<Item = &'static crate::pass::Pass> {
        let is_named = |names: &[String], name: &str| names.iter().any(|one| one == name);
        PASSES.iter().filter(move |pass| {
            let chosen = self.request.only.is_empty() || is_named(&self.request.only, pass.name);
            chosen && !is_named(&self.request.skip, pass.name) && (pass.wanted)(self.recipe)
        })
    }

    fn runs(&self, name: &str) -> bool {
        self.passes().any(|pass| pass.name == name)
    }

    /// Whether anything is to be done per host: adding an input alone works on any flake.
    fn needs_hosts(&self) -> bool {
        self.passes().any(|pass| pass.subject == Subject::Hosts)
    }

    fn plan(mut self) -> Plan {
        let mut in_the_way = BTreeSet::new();
        loop {
            let mut attempt = self.attempt(Models::AtHand);
            if attempt.is_disproven() && !attempt.ran.by_earlier.is_empty() {
                attempt = self.attempt(Models::Newest);
            }
            let Attempt { ran, verdict } = attempt;
            let changes = ran.changes;
            let mut found = changes.refused.clone();
            if let Some(verdict) = verdict {
                match verdict {
                    Ok(()) => {
                        let changes = self.with_those_in_the_way(changes, in_the_way);
                        return self.finish(changes, Vec::new());
                    }
                    Err(failures) => {
                        let (of_hosts, of_flake): (Vec<_>, Vec<_>) = failures
                            .into_iter()
                            .partition(|failure| failure.host.is_some());
                        if !of_flake.is_empty() {
                            return self.finish(changes, of_flake);
                        }
                        found = of_hosts
                            .into_iter()
                            .filter_map(|one| Some((one.host.clone()?, one)))
                            .collect();
                    }
                }
            }
            let known = self.refused.len();
            in_the_way.extend(found.keys().cloned());
            self.refused.extend(found);
            if self.refused.len() == known || !self.flaws_allow() {
                return self.finish(changes, Vec::new());
            }
        }
    }

    /// Runs the passes, and proves what they did where nothing is refused.
    fn attempt(&self, models: Models) -> Attempt {
        let ran = self.run(self.before, models);
        let changes = &ran.changes;
        let is_complete = changes.refused.is_empty() && !changes.has_errors() && self.flaws_allow();
        let verdict = is_complete.then(|| self.prove(changes));
        Attempt { ran, verdict }
    }

    /// What the proof says of the changes.
    fn prove(&self, changes: &Changes) -> Result<(), Vec<Diagnostic>> {
        let after = |tree: &Tree| Model::read(tree, &self.request.flake);
        let again = |model: &Model| self.run(model, Models::Newest).changes;
        timed("proving the result", || {
            proof::check(&self.question(changes), after, again)
        })
    }

    fn question<'q>(&'q self, changes: &'q Changes) -> proof::Question<'q> {
        proof::Question {
            before: self.before,
            recipe: self.recipe,
            layout: &self.layout,
            choices: &self.choices,
            excluded: self.excluded(),
            passes: self.passes().map(|pass| pass.name).collect(),
            shadow: self.request.shadow,
            changes,
        }
    }

    /// The hosts that are left as they are.
    fn excluded(&self) -> BTreeSet<String> {
        let refused = self.refused.keys();
        refused
            .chain(&self.request.left_out.hosts)
            .cloned()
            .collect()
    }

    fn flaws_allow(&self) -> bool {
        self.flaws
            .iter()
            .all(|flaw| flaw.severity != Severity::Error)
    }

    /// The old overlays in the tree of `model` that the passes will delete: not one that a host applies which is left as
    /// it is.
    fn going(&self, model: &Model) -> Vec<RepoPath> {
        let deletes = self.runs("remove-overlay");
        let excluded = self.excluded();
        let stays = |file: &RepoPath| {
            let left_alone = |name: &str| excluded.contains(name);
            let mut built = model.built();
            built.any(|(_, host, built)| left_alone(&host.name) && built.overlays.apply(file))
        };
        let removed = self.layout.removed.iter().filter(|_| deletes);
        removed
            .filter(|file| model.flake.tree().kind(file).is_some() && !stays(file))
            .cloned()
            .collect()
    }
}
