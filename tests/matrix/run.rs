//! Runs nixfix on combinations, in-process, and says what is wrong with what it did.

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

/// What is wrong with the migration of each case, with its name.
pub fn problems(cases: &[Case]) -> Vec<String> {
    let of_half = |cases: &[Case]| {
        let each = || cases.iter().filter_map(problem).collect::<Vec<_>>();
        run_deep(each).expect("the system has room for a stack")
    };
    let (first, second) = cases.split_at(cases.len() / 2);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| of_half(first));
        let second = of_half(second);
        [first.join().expect("a failed check is no panic"), second].concat()
    })
}

fn problem(case: &Case) -> Option<String> {
    let mut files = with_disk(&case.before);
    let plan = plan(&files);
    let wanted = files_after(case);
    if plan.changes.is_empty() {
        return Some(format!("{}: refused: {:#?}", case.name, plan.diagnostics));
    }
    for change in &plan.changes {
        match &change.after {
            Some(text) => drop(files.insert(change.path.to_string(), text.to_string())),
            None => drop(files.remove(change.path.as_str())),
        }
    }
    if files != wanted {
        return Some(format!("{}:\n{}", case.name, differences(&wanted, &files)));
    }
    let again = self::plan(&files);
    let silent = again.changes.is_empty() && again.diagnostics.is_empty();
    (!silent).then(|| format!("{}: a second run has more to do: {again:#?}", case.name))
}

/// Every file of a case as it must be after the migration.
pub fn files_after(case: &Case) -> Files {
    let mut files = with_disk(&case.after);
    let recipe = recipe();
    let overlay = recipe.overlay.expect("the built-in recipe has an overlay");
    files.insert(overlay.path.to_string(), overlay.text.to_string());
    for profile in recipe
        .profiles
        .expect("the built-in recipe has profiles")
        .files
    {
        let path = format!("machines/hardware-profiles/{}", profile.file_name());
        files.insert(path, profile.text.to_string());
    }
    files
}

fn with_disk(side: &[(&str, String)]) -> Files {
    let disk = ("machines/disk.nix".to_string(), "{ }\n".to_string());
    let files = side
        .iter()
        .map(|(path, text)| (path.to_string(), text.clone()));
    files.chain([disk]).collect()
}

fn differences(wanted: &Files, got: &Files) -> String {
    let paths = wanted
        .keys()
        .chain(got.keys().filter(|path| !wanted.contains_key(*path)));
    let text = |files: &Files, path: &String| files.get(path).cloned().unwrap_or_default();
    let diff = |path: &String| {
        let (wanted, got) = (text(wanted, path), text(got, path));
        let diff = similar::TextDiff::from_lines(&wanted, &got);
        diff.unified_diff()
            .header(&format!("{path}, wanted"), &format!("{path}, got"))
            .to_string()
    };
    paths.map(diff).collect()
}

fn plan(files: &Files) -> Plan {
    let path = |path: &String| RepoPath::new(path).expect("a path inside");
    let tree = Tree::in_memory(
        files
            .iter()
            .map(|(name, text)| (path(name), Rc::from(text.as_str()))),
    );
    let request = Request {
        flake: RepoPath::new("flake.nix").expect("a path inside"),
        only: Vec::new(),
        skip: Vec::new(),
        keep_going: false,
        shadow: false,
        left_out: nixfix::plan::LeftOut::default(),
    };
    build(&tree, &recipe(), &request)
}

fn recipe() -> Recipe {
    let recipe = Recipe::load(
        vec![Source::built_in()],
        &Flags::default(),
        &RepoPath::root(),
    );
    recipe.expect("the built-in recipe is right")
}
