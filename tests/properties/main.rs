//! What must hold for any text and any repository, tried on random ones.
//!
//! The same ones every time; `NIXFIX_CASES` says how many of each kind, and `NIXFIX_SEED` (a number) tries others.

mod mutate;
mod planned;
mod repo;
mod tape;

use std::cell::Cell;

use planned::{Came, check};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use rowan::ast::AstNode;
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

#[test]
fn planning_twice_is_planning_once() {
    let (migrated, all) = (Cell::new(0), Cell::new(0));
    for_any(|tape| {
        let files = repo::read(tape);
        migrated.set(migrated.get() + usize::from(came(&files)? == Came::Migrated));
        all.set(all.get() + 1);
        Ok(())
    });
    let (migrated, all) = (migrated.get(), all.get());
    println!("{migrated} of {all} migrated");
    // Some have another repository under the name of the input, and are rightly refused.
    assert!(
        migrated * 2 > all,
        "only {migrated} of {all} repositories were migrated"
    );
}

#[test]
fn a_damaged_flake_is_refused_or_migrated_in_full() {
    for_any(|tape| {
        let mut files = repo::read(tape);
        let path = tape.one(&[
            "flake.nix",
            "flake.nix",
            "machines/carbon.nix",
            "nixos/default.nix",
        ]);
        let text = mutate::damaged(tape, &files[path]);
        files.insert(path.to_string(), text);
        came(&files).map(drop)
    });
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
