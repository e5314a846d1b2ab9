//! Runs nixfix on a combination, in-process, and says what is wrong with what it did.

use std::collections::BTreeMap;
use std::rc::Rc;

use nixfix::path::RepoPath;
use nixfix::plan::{Plan, Request, build};
use nixfix::recipe::{Flags, Recipe, Source};
use nixfix::stack::run_deep;
use nixfix::tree::Tree;

use super::flake::Case;

/// Files by path.
pub type Files = BTreeMap<String, String>;

/// What `check` finds wrong, each with its case.
pub fn on_two_threads<'c>(
    cases: &'c [Case],
    check: fn(&Case) -> Option<String>,
) -> Vec<(&'c Case, String)> {
    let all = |cases: &'c [Case]| {
        let wrong = move || {
            cases
                .iter()
                .filter_map(|case| Some((case, check(case)?)))
                .collect::<Vec<_>>()
        };
        run_deep(wrong).expect("the system has room for a thread")
    };
    let (first, second) = cases.split_at(cases.len() / 2);
    std::thread::scope(|scope| {
        let first = scope.spawn(move || all(first));
        let second = all(second);
        let mut wrong = first.join().expect("a check does not panic");
        wrong.extend(second);
        wrong
    })
}

/// What is wrong with the migration of a case.
pub fn problem(case: &Case) -> Option<String> {
    let before = case.files(&case.before);
    let plan = plan(&before);
    if plan.changes.is_empty() {
        return Some(format!(
            "refused: {:#?}\n{}",
            plan.diagnostics, before["flake.nix"]
        ));
    }
    let mut after = before;
    for change in &plan.changes {
        match &change.after {
            Some(text) => drop(after.insert(change.path.to_string(), text.to_string())),
            None => drop(after.remove(change.path.as_str())),
        }
    }
    let wanted = case
        .after
        .iter()
        .find(|(path, text)| after.get(*path) != Some(text));
    if let Some((path, wanted)) = wanted {
        let diff = similar::TextDiff::from_lines(wanted, &after[*path])
            .unified_diff()
            .header("wanted", path)
            .to_string();
        return Some(diff);
    }
    let again = self::plan(&after);
    (!again.changes.is_empty() || !again.diagnostics.is_empty()).then(|| {
        format!(
            "a second run changes {:?} and says {:?}",
            again.changes, again.diagnostics
        )
    })
}

impl Case {
    fn files(&self, side: &[(&str, String)]) -> Files {
        let disk = ("machines/disk.nix".to_string(), "{ }\n".to_string());
        let files = side
            .iter()
            .map(|(path, text)| (path.to_string(), text.clone()));
        files.chain([disk]).collect()
    }
}

fn plan(files: &Files) -> Plan {
    let path = |path: &String| RepoPath::new(path).expect("a path inside");
    let tree = Tree::in_memory(
        files
            .iter()
            .map(|(name, text)| (path(name), Rc::from(text.as_str()))),
    );
    let recipe = Recipe::load(
        vec![Source::built_in()],
        &Flags::default(),
        &RepoPath::root(),
    );
    let request = Request {
        flake: RepoPath::new("flake.nix").expect("a path inside"),
        only: Vec::new(),
        skip: Vec::new(),
        keep_going: false,
        shadow: false,
    };
    build(
        &tree,
        &recipe.expect("the built-in recipe is right"),
        &request,
    )
}
