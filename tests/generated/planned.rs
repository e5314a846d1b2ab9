//! Plans a repository and holds the plan to what must be true of every plan.

use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;

use nixfix::diagnostic::Severity;
use nixfix::path::RepoPath;
use nixfix::plan::{Plan, Request, build};
use nixfix::recipe::{Flags, Recipe, Source};
use nixfix::stack::run_deep;
use nixfix::syntax;
use nixfix::tree::Tree;

use super::repo::{Files, Repo};

/// What came of a repository for which every property holds.
pub enum Came {
    /// It was migrated to these files.
    Migrated(Files),
    /// It was refused with these errors, or, without any, there was nothing to do.
    Unchanged(Vec<String>),
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
    let plan = plan(&repo.files, &repo.given);
    if has_errors(&plan) && !plan.changes.is_empty() {
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
    let again = self::plan(&after, &repo.given);
    if has_errors(&again) || !again.changes.is_empty() {
        return Err(format!(
            "a second plan is not silent: {again:#?}\nafter the first:\n{}",
            shown(&after)
        ));
    }
    Ok(Came::Migrated(after))
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

fn plan(files: &Files, given: &[(String, String)]) -> Plan {
    let path = |path: &String| RepoPath::new(path).expect("a path inside");
    let tree = Tree::in_memory(
        files
            .iter()
            .map(|(name, text)| (path(name), Rc::from(text.as_str()))),
    );
    let flags = Flags {
        machines: given.to_vec(),
        ..Flags::default()
    };
    let recipe = Recipe::load(vec![Source::built_in()], &flags, &RepoPath::root());
    let request = Request {
        flake: RepoPath::new("flake.nix").expect("a path inside"),
        only: Vec::new(),
        skip: Vec::new(),
        keep_going: false,
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
