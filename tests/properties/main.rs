//! What must hold for any text and any repository, tried on random ones.
//!
//! The same ones every time; `NIXFIX_CASES` says how many of each kind, and `NIXFIX_SEED` (a number) tries others.

mod mutate;
mod planned;
mod repo;
#[allow(dead_code, reason = "the corpus asks Nix in more ways")]
#[path = "../support/mod.rs"]
mod support;
mod tape;

use std::cell::{Cell, RefCell};

use planned::{Came, check};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use rowan::ast::AstNode;
use support::compare::problems;
use support::evaluate::{Comparison, Repo, evaluate};
use support::expectation::Expectation;
use tape::{Tape, tapes};

fn number(variable: &str) -> Option<u32> {
    std::env::var(variable).ok()?.parse().ok()
}

/// How many cases, where the environment does not say.
const CASES: u32 = 60;

/// Runs `test` on many tapes.
#[track_caller]
fn for_any(test: impl Fn(&mut Tape) -> TestCaseResult) {
    let seed = number("NIXFIX_SEED").unwrap_or(0).to_le_bytes().repeat(8);
    let config = Config {
        cases: number("NIXFIX_CASES").unwrap_or(CASES),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    if let Err(error) = runner.run(&tapes(), |tape| test(&mut Tape::new(&tape))) {
        panic!("{error}");
    }
}

fn came(files: &repo::Files) -> Result<Came, TestCaseError> {
    check(files).map_err(TestCaseError::fail)
}

/// A repository of random files, before and after.
fn pair(before: &repo::Files, after: &repo::Files) -> Repo {
    let bytes = |files: &repo::Files| {
        files
            .iter()
            .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
            .collect()
    };
    Repo {
        name: planned::shown(before),
        before: bytes(before),
        after: bytes(after),
        flake: String::new(),
    }
}

/// What the real Nix has against the migrations, of those that it could evaluate before.
#[track_caller]
fn assert_right(repos: &[Repo]) -> usize {
    let comparisons = evaluate(repos).expect("the real Nix can be asked");
    let evaluated = |comparison: &&Comparison| {
        let hosts = comparison.before.as_ref().map(|before| &before.hosts);
        hosts.is_ok_and(|hosts| !hosts.is_empty() && hosts.values().all(Result::is_ok))
    };
    let evaluated: Vec<&Comparison> = comparisons.iter().filter(evaluated).collect();
    let found = evaluated
        .iter()
        .flat_map(|comparison| problems(comparison, &Expectation::default()));
    let found: Vec<String> = found.collect();
    assert!(
        found.is_empty(),
        "{} problems, the first: {}",
        found.len(),
        found[0]
    );
    evaluated.len()
}

#[test]
fn a_random_repository_is_migrated_once_and_for_all_and_nix_agrees() {
    let (repos, all) = (RefCell::new(Vec::new()), Cell::new(0));
    for_any(|tape| {
        let before = repo::read(tape);
        if let Came::Migrated(after) = came(&before)? {
            repos.borrow_mut().push(pair(&before, &after));
        }
        all.set(all.get() + 1);
        Ok(())
    });
    let (repos, all) = (repos.into_inner(), all.get());
    println!("{} of {all} migrated", repos.len());
    // Some have another repository under the name of the input, and are rightly refused.
    assert!(
        repos.len() * 2 > all,
        "only {} of {all} repositories were migrated",
        repos.len()
    );
    assert_eq!(
        assert_right(&repos),
        repos.len(),
        "a random repository does not evaluate"
    );
}

#[test]
fn a_damaged_repository_is_refused_or_migrated_right() {
    let repos = RefCell::new(Vec::new());
    for_any(|tape| {
        let mut before = repo::read(tape);
        let path = tape.one(&[
            "flake.nix",
            "flake.nix",
            "machines/carbon.nix",
            "nixos/default.nix",
        ]);
        let text = mutate::damaged(tape, &before[path]);
        before.insert(path.to_string(), text);
        if let Came::Migrated(after) = came(&before)? {
            repos.borrow_mut().push(pair(&before, &after));
        }
        Ok(())
    });
    let repos = repos.into_inner();
    println!(
        "{} damaged ones migrated, {} of them were right before",
        repos.len(),
        assert_right(&repos)
    );
}

#[test]
fn a_flake_of_any_text_is_planned_without_a_panic() {
    for_any(|tape| {
        let mut files = repo::read(tape);
        files.insert("flake.nix".to_string(), mutate::soup(tape));
        came(&files).map(drop)
    });
}

#[test]
fn what_is_parsed_prints_as_it_was() {
    let parsed = Cell::new(0);
    let printed = |text: &str| -> TestCaseResult {
        if let Ok(root) = nixfix::syntax::parse(text) {
            parsed.set(parsed.get() + 1);
            prop_assert_eq!(root.syntax().to_string(), text);
        }
        Ok(())
    };
    for_any(|tape| {
        printed(&mutate::soup(tape))?;
        let files = repo::read(tape);
        for text in files.values() {
            printed(text)?;
            printed(&mutate::damaged(tape, text))?;
        }
        Ok(())
    });
    assert!(parsed.get() > 0, "no text was valid");
}
