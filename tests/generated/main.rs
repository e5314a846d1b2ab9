//! Generated repositories: each is migrated, and the real Nix says that the migration is right.
//!
//! ```sh
//! cargo test --test generated                                  # the same ones every time
//! NIXFIX_CASES=2000 NIXFIX_SEED=1000 cargo test --test generated    # 2000 others
//! NIXFIX_CASES=1 NIXFIX_SEED=1234 cargo test --test generated       # the one of that seed, as a failure names it
//! ```

mod edited;
mod judge;
mod mixed;
mod planned;
mod repo;
mod shrink;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the corpus is read elsewhere")]
mod support;
#[allow(dead_code, reason = "damage to texts is done elsewhere")]
mod tape;
mod tapes;

use judge::{Demand, Read, judge};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tape::Tape;

/// How many repositories, where the environment does not say.
const CASES: u64 = 200;
/// How many one batch has at most: all of them lie on the disk at a time.
const BATCH: usize = 250;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The tape of a seed.
fn tape_of(seed: u64) -> Vec<u8> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed.to_le_bytes().repeat(4));
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let tree = tapes::tapes().new_tree(&mut runner);
    tree.expect("bytes are always found").current()
}

#[test]
fn every_generated_repository_is_migrated_and_right_under_the_real_nix() {
    hold(repo::read, Demand::Migrated);
}

#[test]
fn every_mixed_repository_that_is_migrated_is_right_under_the_real_nix() {
    hold(mixed::read, Demand::Right);
}

#[test]
fn every_migrated_repository_that_was_edited_stays_right_under_the_real_nix() {
    hold(edited::read, Demand::Right);
}

#[allow(clippy::print_stdout, reason = "how far it is, and every failure")]
fn hold(read: Read, demand: Demand) {
    let first = number("NIXFIX_SEED").unwrap_or(0);
    let seeds: Vec<u64> = (first..first + number("NIXFIX_CASES").unwrap_or(CASES)).collect();
    let (mut failed, mut migrated) = (Vec::new(), 0);
    for seeds in seeds.chunks(BATCH) {
        let tapes = seeds.iter().map(|seed| tape_of(*seed));
        let repos: Vec<_> = tapes.map(|tape| read(&mut Tape::new(&tape))).collect();
        let judged = judge(&repos, demand);
        migrated += judged.iter().filter(|judged| judged.migrated).count();
        println!("{} judged, {migrated} migrated so far", seeds.len());
        let problems = judged.into_iter().map(|judged| judged.problems);
        let found = seeds.iter().zip(problems);
        failed.extend(found.filter(|(_, problems)| !problems.is_empty()));
    }
    let Some((seed, _)) = failed.first() else {
        // Where hardly any is migrated, little is held to anything.
        assert!(seeds.len() < 100 || migrated * 10 > seeds.len());
        return;
    };
    for (seed, problems) in &failed {
        println!(
            "NIXFIX_SEED={seed} NIXFIX_CASES=1: {}",
            problems.join("\n    ")
        );
    }
    let (small, problems) = shrink::shrink(tape_of(**seed), read, demand);
    panic!(
        "{} of {} repositories failed; that of NIXFIX_SEED={seed} comes down to\n{}\n{}",
        failed.len(),
        seeds.len(),
        planned::shown(&read(&mut Tape::new(&small)).files),
        problems.join("\n")
    );
}
