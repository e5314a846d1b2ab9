//! Plans a repository and holds the plan to what must be true of every plan.

use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;

use nixfix::diagnostic::Severity;
use nixfix::path::RepoPath;
use nixfix::plan::{HostStatus, Plan, Request, build};
use nixfix::recipe::{Flags, Recipe, Source};
use nixfix::stack::run_deep;
use nixfix::syntax;
use nixfix::tree::Tree;

use super::repo::{Files, Repo};

/// What came of a repository for which every property holds.
pub enum Came {
    /// It was migrated.
    Migrated(Migrated),
    /// It was refused with these errors, or, without any, there was nothing to do.
    Unchanged(Vec<String>),
}

/// A repository after its migration.
pub struct Migrated {
    /// Its files.
    pub files: Files,
    /// The hosts that were left as they are.
    pub left: Vec<String>,
}

/// Longer than any plan takes, however loaded the machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Plans `repo` on a deep stack and checks every property.
///
/// # Errors
/// The property that does not hold, and the repository.
pub fn check(repo: &Repo) -> Result<Came, String> {
    let (answer, answers) = mpsc::channel();
    let own = repo.clone();
    std::thread::spawn(move || {
        let found = run_deep(|| properties(&own)).unwrap_or_else(|error| Err(error.to_string()));
        // Nobody listens any more where it took too long.
        let _ = answer.send(found);
    });
    let found = match answers.recv_timeout(PATIENCE) {
        Ok(found) => found,
        Err(mpsc::RecvTimeoutError::Timeout) => Err("planning does not end".to_string()),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("planning panicked".to_string()),
    };
    found.map_err(|problem| format!("{problem}\n{}", shown(&repo.files)))
}

fn properties(repo: &Repo) -> Result<Came, String> {
    let plan = plan(repo, &repo.files);
    let refused = |plan: &Plan| plan.refused || (!repo.keep_going && has_errors(plan));
    if refused(&plan) && !plan.changes.is_empty() {
        return Err(format!("a refused plan has changes: {plan:#?}"));
    }
    if plan.changes.is_empty() {
        return Ok(Came::Unchanged(errors(&plan).collect()));
    }
    let after = after(&repo.files, &plan);
    for change in plan
        .changes
        .iter()
        .filter(|change| change.path.name().ends_with(".nix"))
    {
        let Some(text) = &change.after else { continue };
        syntax::parse(text).map_err(|errors| {
            format!(
                "{} does not parse afterwards: {errors:?}\n{text}",
                change.path
            )
        })?;
    }
    let left = left(&plan);
    let mut again = self::plan(repo, &after);
    let mut settled = after.clone();
    // What was written for others may be what a host lacked that was left: it has its turn then.
    if self::left(&again) != left {
        settled = self::after(&settled, &again);
        again = self::plan(repo, &settled);
    }
    if refused(&again) || !again.changes.is_empty() {
        return Err(format!(
            "a second plan is not silent: {again:#?}\nafter the first:\n{}",
            shown(&settled)
        ));
    }
    Ok(Came::Migrated(Migrated { files: after, left }))
}

/// The hosts that are left as they are.
fn left(plan: &Plan) -> Vec<String> {
    let hosts = plan.hosts.iter();
    let left = hosts.filter(|host| host.status == HostStatus::Refused);
    left.map(|host| host.name.clone()).collect()
}

fn after(files: &Files, plan: &Plan) -> Files {
    let mut after = files.clone();
    for change in &plan.changes {
        match &change.after {
            Some(text) => drop(after.insert(change.path.to_string(), text.to_string())),
            None => drop(after.remove(change.path.as_str())),
        }
    }
    after
}

fn has_errors(plan: &Plan) -> bool {
    errors(plan).next().is_some()
}

fn errors(plan: &Plan) -> impl Iterator<Item = String> {
    plan.diagnostics
        .iter()
        .filter(|said| said.severity == Severity::Error)
        .map(|said| said.message.clone())
}

fn plan(repo: &Repo, files: &Files) -> Plan {
    let path = |path: &String| RepoPath::new(path).expect("a path inside");
    let tree = Tree::in_memory(
        files
            .iter()
            .map(|(name, text)| (path(name), Rc::from(text.as_str()))),
    );
    let flags = Flags {
        machines: repo.given.clone(),
        ..Flags::default()
    };
    let recipe = Recipe::load(vec![Source::built_in()], &flags, &RepoPath::root());
    let request = Request {
        flake: RepoPath::new("flake.nix").expect("a path inside"),
        only: Vec::new(),
        skip: Vec::new(),
        keep_going: repo.keep_going,
        shadow: false,
        left_out: nixfix::plan::LeftOut::default(),
    };
    build(
        &tree,
        &recipe.expect("the built-in recipe is right"),
        &request,
    )
}

/// The files one after the other.
pub fn shown(files: &Files) -> String {
    files
        .iter()
        .map(|(path, text)| format!("#- /{path}\n{text}\n"))
        .collect()
}
