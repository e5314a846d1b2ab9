//! Building the Plan: decide, run the passes, prove, and leave out the hosts that cannot be served until nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use super::choices;
use super::layout;
use super::{FileChange, HostPlan, HostStatus, Location, Plan};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flake::model::{Built, HostModel, Model};
use crate::flake::modules::{Module, ModuleKey};
use crate::pass::{Changes, Choice, Context, Layout, PASSES, Placed};
use crate::path::RepoPath;
use crate::proof;
use crate::recipe::Recipe;
use crate::tree::{ReadProblem, Tree};

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
}

/// Plans the migration of the flake in `tree`. A plan with an error changes nothing, unless the user said to keep going
/// and the error is about single hosts.
pub fn build(tree: &Tree, recipe: &Recipe, request: &Request) -> Plan {
    let model = match Model::read(tree, &request.flake) {
        Ok(model) => model,
        Err(diagnostics) => return refused(request, diagnostics),
    };
    let planner = Planner::new(&model, recipe, request);
    planner.plan()
}

fn refused(request: &Request, diagnostics: Vec<Diagnostic>) -> Plan {
    Plan {
        flake: request.flake.clone(),
        hosts: Vec::new(),
        changes: Vec::new(),
        done: Vec::new(),
        diagnostics,
        refused: true,
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
        if planner.needs_hosts() {
            flaws.extend(hidden_hosts(before, request));
            flaws.extend(choices::unknown_machines(before, recipe));
            planner
                .refused
                .extend(before.hosts().iter().filter_map(obstacle));
            planner.refused.extend(
                before
                    .hosts()
                    .iter()
                    .filter_map(|host| missing_module(before, host)),
            );
            let decisions = choices::decide(before, recipe, &planner.layout);
            planner.choices = decisions.choices;
            flaws.extend(decisions.notes);
            planner.refused.extend(decisions.undecided);
        }
        planner.flaws = flaws;
        planner
    }

    fn passes(&self) -> impl Iterator<Item = &'static crate::pass::Pass> {
        let is_named = |names: &[String], name: &str| names.iter().any(|one| one == name);
        PASSES.iter().filter(move |pass| {
            let chosen = self.request.only.is_empty() || is_named(&self.request.only, pass.name);
            chosen && !is_named(&self.request.skip, pass.name)
        })
    }

    /// Whether anything is to be done per host: adding an input alone works on any flake.
    fn needs_hosts(&self) -> bool {
        let per_host = |name: &str| !matches!(name, "add-input" | "home-packages");
        self.passes().any(|pass| per_host(pass.name))
    }

    fn plan(mut self) -> Plan {
        loop {
            let changes = self.run(self.before);
            let mut found = changes.refused.clone();
            if found.is_empty() && !changes.has_errors() && self.flaws_allow() {
                let after = |tree: &Tree| Model::read(tree, &self.request.flake);
                let verdict =
                    proof::check(&self.question(&changes), after, |model| self.run(model));
                match verdict {
                    Ok(()) => return self.finish(changes, Vec::new()),
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
            self.refused.extend(found);
            if self.refused.len() == known || !self.flaws_allow() {
                return self.finish(changes, Vec::new());
            }
        }
    }

    fn question<'q>(&'q self, changes: &'q Changes) -> proof::Question<'q> {
        proof::Question {
            before: self.before,
            recipe: self.recipe,
            layout: &self.layout,
            choices: &self.choices,
            excluded: self.refused.keys().cloned().collect(),
            passes: self.passes().map(|pass| pass.name).collect(),
            shadow: self.request.shadow,
            changes,
        }
    }

    fn flaws_allow(&self) -> bool {
        self.flaws
            .iter()
            .all(|flaw| flaw.severity != Severity::Error)
    }

    /// Runs the passes from the tree of `model`, each on the tree that the one before it left.
    fn run(&self, model: &Model) -> Changes {
        let mut changes = Changes::new(model.flake.tree().clone());
        let excluded: BTreeSet<String> = self.refused.keys().cloned().collect();
        let mut current: Option<Model> = None;
        for pass in self.passes() {
            let context = Context {
                model: current.as_ref().unwrap_or(model),
                recipe: self.recipe,
                layout: &self.layout,
                choices: &self.choices,
                excluded: &excluded,
                shadow: self.request.shadow,
            };
            let version = changes.version;
            (pass.run)(&mut changes, &context);
            changes.flush();
            if changes.has_errors() {
                break;
            }
            if changes.version > version {
                match Model::read(&changes.tree, &self.request.flake) {
                    Ok(model) => current = Some(model),
                    Err(diagnostics) => {
                        diagnostics
                            .into_iter()
                            .for_each(|diagnostic| changes.say(diagnostic));
                        break;
                    }
                }
            }
        }
        changes
    }

    fn finish(self, changes: Changes, failures: Vec<Diagnostic>) -> Plan {
        let mut diagnostics = self.flaws.clone();
        diagnostics.extend(changes.diagnostics.iter().cloned());
        diagnostics.extend(failures);
        let flawed = diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        let none_left = self.refused.len() == self.before.flake.hosts.len();
        let refused =
            flawed || (!self.refused.is_empty() && (none_left || !self.request.keep_going));
        let flaw = diagnostics
            .iter()
            .find(|diagnostic| diagnostic.severity == Severity::Error)
            .cloned();
        diagnostics.extend(by_hosts(&self.refused));
        diagnostics
            .sort_by(|a, b| (a.severity, &a.place, &a.host).cmp(&(b.severity, &b.place, &b.host)));
        let hosts = self
            .before
            .hosts()
            .iter()
            .map(|host| self.host(host, &changes, flaw.as_ref()))
            .collect();
        let file_changes = if refused {
            Vec::new()
        } else {
            file_changes(self.before.flake.tree(), &changes)
        };
        let done = if refused { Vec::new() } else { changes.done };
        Plan {
            flake: self.request.flake.clone(),
            hosts,
            changes: file_changes,
            done,
            diagnostics,
            refused,
        }
    }

    fn host(&self, model: &HostModel, changes: &Changes, flaw: Option<&Diagnostic>) -> HostPlan {
        let name = model.host.name.to_string();
        let refusal = self.refused.get(&name).or(flaw);
        let choice = self.choices.get(&name);
        let built = model.built.as_ref().ok();
        let placed = |what| changes.placed.get(&(name.clone(), what)).cloned();
        let overlay_at = placed(Placed::Overlay).or_else(|| self.overlay_before(built?));
        let profile_at = placed(Placed::Profile).or_else(|| self.profile_before(built?, choice?));
        let is_placed = |what| changes.placed.contains_key(&(name.clone(), what));
        let loses = built.is_some_and(|built| {
            let removed = |file: &RepoPath| changes.deleted.contains(file);
            built
                .overlays
                .all
                .iter()
                .any(|overlay| overlay.file().is_some_and(removed))
        });
        let changing = is_placed(Placed::Overlay) || is_placed(Placed::Profile) || loses;
        HostPlan {
            system: built.and_then(|built| self.system(built)),
            status: match (refusal, changing) {
                (Some(_), _) => HostStatus::Refused,
                (None, true) => HostStatus::Changes,
                (None, false) => HostStatus::Clean,
            },
            reason: refusal.map(|diagnostic| diagnostic.message.clone()),
            machine_file: built.and_then(|built| built.machine_file.clone()),
            profile: choice.map(|choice| choice.profile.clone()),
            confidence: choice.map(|choice| choice.confidence),
            evidence: choice
                .map(|choice| choice.evidence.clone())
                .unwrap_or_default(),
            overlay_at: overlay_at.filter(|_| refusal.is_none()),
            profile_at: profile_at.filter(|_| refusal.is_none()),
            name,
        }
    }

    fn system(&self, built: &Built) -> Option<String> {
        let flake = &self.before.flake;
        let text = |value: crate::eval::value::Value| value.as_text().map(|text| text.to_string());
        if let Some(system) = built.system.argument(flake, "system").and_then(text) {
            return Some(system);
        }
        let platform =
            crate::flake::options::definitions(flake, &built.modules, &["nixpkgs", "hostPlatform"]);
        platform.into_iter().find_map(|definition| {
            text(definition.value.clone())
                .or_else(|| flake.ev.get(&definition.value, "system").and_then(text))
        })
    }

    fn overlay_before(&self, built: &Built) -> Option<Location> {
        let path = self
            .layout
            .overlays
            .get(&self.recipe.overlay.as_ref()?.path)?;
        let holds = |literal: &std::rc::Rc<crate::eval::value::LiteralList>| {
            literal.items.iter().any(|item| {
                let value = self.before.flake.ev.force(item);
                value
                    .origin
                    .as_ref()
                    .is_some_and(|origin| origin.file.path == *path)
            })
        };
        let mut literals = built
            .overlays
            .lists
            .iter()
            .flat_map(|list| crate::flake::overlays::literals(&list.value));
        let origin = literals.find(holds)?.site.origin.clone();
        Some(Location {
            line: origin.line(),
            file: origin.file.path.clone(),
        })
    }

    fn profile_before(&self, built: &Built, choice: &Choice) -> Option<Location> {
        let module = built
            .modules
            .of_file(&self.layout.profile(&choice.profile))?;
        let origin = module.origin.as_ref()?;
        Some(Location {
            line: origin.line(),
            file: origin.file.path.clone(),
        })
    }
}

/// The refusals of hosts, one for all hosts that are refused for the same reason at the same place.
fn by_hosts(refused: &BTreeMap<String, Diagnostic>) -> Vec<Diagnostic> {
    let mut grouped: Vec<(Vec<&str>, Diagnostic)> = Vec::new();
    for (host, diagnostic) in refused {
        let alike = |one: &Diagnostic| {
            Diagnostic {
                host: None,
                ..one.clone()
            } == Diagnostic {
                host: None,
                ..diagnostic.clone()
            }
        };
        match grouped.iter_mut().find(|(_, one)| alike(one)) {
            Some((hosts, _)) => hosts.push(host),
            None => grouped.push((vec![host], diagnostic.clone())),
        }
    }
    let named = |(hosts, diagnostic): (Vec<&str>, Diagnostic)| {
        let names: Vec<_> = hosts.iter().map(|host| format!("`{host}`")).collect();
        let word = if names.len() == 1 { "host" } else { "hosts" };
        Diagnostic {
            message: format!("{word} {}: {}", names.join(", "), diagnostic.message),
            ..diagnostic
        }
    };
    grouped.into_iter().map(named).collect()
}

/// Why a host cannot be looked into.
fn obstacle(host: &HostModel) -> Option<(String, Diagnostic)> {
    let obstacle = host.built.as_ref().err()?;
    let name = host.host.name.to_string();
    let message = format!("it cannot be followed: {}", obstacle.reason);
    let mut diagnostic = Diagnostic::error("host-not-understood", message).host(&name).help(
        "add the overlay and a profile to this host by hand; --keep-going migrates the other hosts meanwhile",
    );
    let origin = obstacle
        .origin
        .as_ref()
        .or(host.host.binding.as_ref().map(|site| &site.origin));
    if let Some(origin) = origin.filter(|origin| !crate::eval::is_own(&origin.file.path)) {
        diagnostic = diagnostic.at(origin.file.path.clone(), origin.range.clone());
    }
    Some((name, diagnostic))
}

/// A module that a host names but git does not track: Nix would fail on it, and what it holds cannot be known.
fn missing_module(before: &Model, host: &HostModel) -> Option<(String, Diagnostic)> {
    let built = host.built.as_ref().ok()?;
    let tree = before.flake.tree();
    let problem = |module: &Module| match &module.key {
        // A text that is no text, such as an encrypted one, is as opaque as a module of an input.
        ModuleKey::File(file) if module.certain && !tree.is_binary(file) => {
            Some((file.clone(), tree.file(file).err()?))
        }
        _ => None,
    };
    let mut modules = built.modules.all.iter();
    let (module, (file, problem)) = modules.find_map(|module| Some((module, problem(module)?)))?;
    let name = host.host.name.to_string();
    let (why, help) = match problem {
        ReadProblem::Missing => (
            "which git does not track".to_string(),
            "add the file to git with `git add`, or remove the import",
        ),
        ReadProblem::Unreadable(why) => (
            format!("which cannot be read: {why}"),
            "make it a readable file of the repository, or remove the import",
        ),
    };
    let message = format!("it imports `{file}`, {why}");
    let mut diagnostic = Diagnostic::error("module-missing", message)
        .host(&name)
        .help(help);
    if let Some(origin) = &module.origin {
        diagnostic = diagnostic.at(origin.file.path.clone(), origin.range.clone());
    }
    Some((name, diagnostic))
}

/// What is wrong where no host, or not every host, can be seen.
fn hidden_hosts(before: &Model, request: &Request) -> Option<Diagnostic> {
    let flake = &before.flake;
    let Some(hidden) = &flake.hidden_hosts else {
        let none = flake.hosts.is_empty().then(|| {
            Diagnostic::error(
                "no-hosts",
                format!("`{}` has no nixosConfigurations", flake.file.path),
            )
            .in_file(flake.file.path.clone())
            .help("--only add-input adds the input alone")
        });
        return none;
    };
    let all = if flake.hosts.is_empty() {
        "the hosts"
    } else {
        "some hosts"
    };
    let severity = match (request.keep_going, flake.hosts.is_empty()) {
        (true, false) => Severity::Warning,
        _ => Severity::Error,
    };
    let message = format!(
        "{all} of `{}` cannot be seen: {}",
        flake.file.path,
        hidden.describe()
    );
    let diagnostic = Diagnostic::new(severity, "hosts-hidden", message).help(
        "write the hosts in a way that nixfix can follow, or migrate them by hand; --only add-input adds the input alone",
    );
    Some(match &hidden.origin {
        Some(origin) if !crate::eval::is_own(&origin.file.path) => {
            diagnostic.at(origin.file.path.clone(), origin.range.clone())
        }
        _ => diagnostic.in_file(flake.file.path.clone()),
    })
}

fn file_changes(before: &Tree, changes: &Changes) -> Vec<FileChange> {
    let text = |path: &RepoPath| before.file(path).ok().map(|file| file.text.clone());
    let mut all: Vec<FileChange> = Vec::new();
    for (path, file) in changes.tree.changed() {
        let change = FileChange {
            path: path.clone(),
            before: text(path),
            after: file.map(|file| file.text.clone()),
        };
        if change.before != change.after {
            all.push(change);
        }
    }
    all
}
