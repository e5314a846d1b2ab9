//! What must hold for any text and any repository, tried on random ones.
//!
//! The same ones every time; `NIXFIX_CASES` says how many of each kind, and `NIXFIX_SEED` (a number) tries others.

mod evaluated;
mod mutate;
#[allow(
    dead_code,
    reason = "a damaged repository may be refused for any reason"
)]
#[path = "../generated/planned.rs"]
mod planned;
#[allow(dead_code, reason = "which profiles are right is asked elsewhere")]
#[path = "../generated/repo/mod.rs"]
mod repo;
mod rewritten;
#[allow(dead_code, reason = "the corpus asks Nix in more ways")]
#[path = "../support/mod.rs"]
mod support;
#[allow(dead_code, reason = "proptest makes failures smaller")]
#[path = "../generated/tape.rs"]
mod tape;
#[path = "../generated/tapes.rs"]
mod tapes;

use std::cell::{Cell, RefCell};

use planned::{Came, check};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use rowan::ast::AstNode;
use support::compare::problems;
use support::evaluate::{Comparison, Repo, evaluate};
use support::expectation::Expectation;
use tape::Tape;
use tapes::tapes;

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

fn came(repo: &repo::Repo) -> Result<Came, TestCaseError> {
    check(repo).map_err(TestCaseError::fail)
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
fn a_damaged_repository_is_refused_or_migrated_right() {
    let repos = RefCell::new(Vec::new());
    for_any(|tape| {
        let mut before = repo::read(tape);
        let paths: Vec<&String> = before.files.keys().collect();
        let path = paths[tape.below(paths.len())].clone();
        let text = mutate::damaged(tape, &before.files[&path]);
        before.files.insert(path, text);
        if let Came::Migrated(after) = came(&before)? {
            repos.borrow_mut().push(pair(&before.files, &after.files));
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
        let mut repo = repo::read(tape);
        repo.files
            .insert("flake.nix".to_string(), mutate::soup(tape));
        came(&repo).map(drop)
    });
}

#[test]
fn any_text_is_evaluated_without_a_panic_wherever_it_stands() {
    let evaluated = Cell::new(0);
    for_any(|tape| {
        let repo = repo::read(tape);
        let mut texts: Vec<String> = repo.files.into_values().collect();
        texts.push(mutate::soup(tape));
        let text = texts.swap_remove(tape.below(texts.len()));
        let done = evaluated::check(&mutate::damaged(tape, &text)).map_err(TestCaseError::fail)?;
        evaluated.set(evaluated.get() + usize::from(done));
        Ok(())
    });
    assert!(evaluated.get() > 0, "no text was valid");
}

#[test]
fn a_random_rewrite_changes_what_it_is_meant_to_and_nothing_else() {
    let rewritten = Cell::new(0);
    for_any(|tape| {
        let repo = repo::read(tape);
        for text in repo.files.values() {
            for text in [text.clone(), mutate::respaced(tape, text)] {
                let done = rewritten::check(tape, &text).map_err(TestCaseError::fail)?;
                rewritten.set(rewritten.get() + usize::from(done));
            }
        }
        Ok(())
    });
    assert!(rewritten.get() > 0, "nothing was rewritten");
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
        let repo = repo::read(tape);
        for text in repo.files.values() {
            printed(text)?;
            printed(&mutate::damaged(tape, text))?;
        }
        Ok(())
    });
    assert!(parsed.get() > 0, "no text was valid");
}
