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

/// The repository that a tape describes.
pub fn repo_of(tape: &[u8]) -> repo::Repo {
    repo::read(&mut Tape::new(tape))
}

/// The problems of each tape's repository; none where its migration is right.
pub fn judge(tapes: &[Vec<u8>]) -> Vec<Vec<String>> {
    let repos: Vec<repo::Repo> = tapes.iter().map(|tape| repo_of(tape)).collect();
    let mut found = vec![Vec::new(); repos.len()];
    let mut migrated = Vec::new();
    for (index, came) in plan_all(&repos).into_iter().enumerate() {
        match came {
            Ok(Came::Migrated(after)) => migrated.push((index, after)),
            Ok(Came::Unchanged(errors)) => found[index].push(format!("{NOT_MIGRATED}: {errors:?}")),
            Err(problem) => found[index].push(problem),
        }
    }
    let pairs: Vec<Repo> = migrated
        .iter()
        .map(|(index, after)| Repo {
            name: "generated".to_string(),
            before: bytes(&repos[*index].files),
            after: bytes(after),
            flake: String::new(),
        })
        .collect();
    let comparisons = evaluate(&pairs).expect("nix can be run");
    for ((index, _), comparison) in migrated.iter().zip(&comparisons) {
        found[*index].extend(problems(comparison, &expectation(&repos[*index])));
    }
    found
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
