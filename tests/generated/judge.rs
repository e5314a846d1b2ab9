//! What is wrong with the migration of each of many repositories.

use std::thread;

use crate::planned::{Came, check};
use crate::repo::{self, Files};
use crate::support::compare::problems;
use crate::support::evaluate::{Repo, evaluate};
use crate::support::expectation::Expectation;
use crate::tape::Tape;

/// How the problem begins of a repository that was left as it is.
pub const NOT_MIGRATED: &str = "not migrated";

/// What the problem says of what Nix refuses before the migration.
const NOT_VALID: &str = "does not evaluate before";

/// How a repository is made of a tape.
pub type Read = fn(&mut Tape) -> repo::Repo;

/// What is expected of the repositories.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Each is valid, and migrated.
    Migrated,
    /// Those that are valid are migrated rightly, or left.
    Right,
}

/// What is said of a repository.
#[derive(Clone, Default)]
pub struct Judged {
    /// What is wrong with it; nothing where its migration is right.
    pub problems: Vec<String>,
    /// Whether it was valid, and was migrated.
    pub migrated: bool,
}

/// Judges each repository.
pub fn judge(repos: &[repo::Repo], demand: Demand) -> Vec<Judged> {
    let mut judged = vec![Judged::default(); repos.len()];
    let mut migrated = Vec::new();
    for (index, came) in plan_all(repos).into_iter().enumerate() {
        match came {
            Ok(Came::Migrated(after)) => migrated.push((index, after)),
            Ok(Came::Unchanged(_)) if demand == Demand::Right => {}
            Ok(Came::Unchanged(errors)) => {
                let problem = format!("{NOT_MIGRATED}: {errors:?}");
                judged[index].problems.push(problem);
            }
            Err(problem) => judged[index].problems.push(problem),
        }
    }
    let pairs: Vec<Repo> = migrated
        .iter()
        .map(|(index, after)| Repo {
            name: "generated".to_string(),
            before: bytes(&repos[*index].files),
            after: bytes(&after.files),
            flake: String::new(),
        })
        .collect();
    let comparisons = evaluate(&pairs).expect("nix can be run");
    for ((index, after), comparison) in migrated.iter().zip(&comparisons) {
        let mut expected = expectation(&repos[*index]);
        expected.left = after.left.clone();
        let mut wrong = problems(comparison, &expected);
        // What Nix refuses before is no repository to be right about.
        let is_valid = !wrong.iter().any(|problem| problem.contains(NOT_VALID));
        if demand == Demand::Right && !is_valid {
            wrong.clear();
        }
        judged[*index].problems.extend(wrong);
        judged[*index].migrated = is_valid;
    }
    judged
}

/// Plans two halves at a time.
fn plan_all(repos: &[repo::Repo]) -> Vec<Result<Came, String>> {
    let plan = |repos: &[repo::Repo]| -> Vec<_> { repos.iter().map(check).collect() };
    let (first, second) = repos.split_at(repos.len() / 2);
    thread::scope(|scope| {
        let first = scope.spawn(|| plan(first));
        let second = plan(second);
        let mut all = first.join().expect("a panic while planning is caught");
        all.extend(second);
        all
    })
}

fn expectation(repo: &repo::Repo) -> Expectation {
    let mut expected = Expectation::default();
    for (host, profile) in &repo.profiles {
        expected.expect_profile(host, profile);
    }
    expected
}

fn bytes(files: &Files) -> crate::support::tree::Files {
    let pairs = files.iter();
    pairs
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
        .collect()
}
