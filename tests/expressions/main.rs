//! Generated expressions: what the evaluator says of one is what the real Nix says, or that it does not know.
//!
//! ```sh
//! cargo test --test expressions                                     # the same ones every time
//! NIXFIX_CASES=5000 NIXFIX_SEED=1000 cargo test --test expressions      # 5000 others
//! NIXFIX_CASES=1 NIXFIX_SEED=1234 cargo test --test expressions         # the one of that seed, as a failure names it
//! NIXFIX_LIB=/path/to/nixpkgs/lib cargo test --test expressions         # with another `lib` than the tests' own
//! ```

mod expression;
mod forms;
mod judge;
mod modules;
#[path = "../support/nix.rs"]
#[allow(dead_code, reason = "what only asks for whole flakes")]
mod nix;
#[path = "../generated/tape.rs"]
#[allow(dead_code, reason = "some choices are only made of repositories")]
mod tape;

use expression::Expression;
use judge::{Verdict, judge};
use tape::Tape;

/// How many expressions, where the environment does not say.
const CASES: u64 = 400;
/// How many one batch has at most: all of them lie on the disk at a time.
const BATCH: usize = 500;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The tape of a seed.
fn tape_of(seed: u64) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..400).map(|_| random.u8(..)).collect()
}

/// What makes an expression of a tape.
type Read = fn(&mut Tape) -> Expression;

#[test]
fn every_expression_is_what_the_real_nix_says_or_not_known() {
    hold(Expression::read);
}

#[test]
fn every_option_is_what_the_real_nix_says_or_not_known() {
    hold(Expression::read_modules);
}

/// Fails where the evaluator says something else than Nix of an expression that is made like that.
#[allow(clippy::print_stdout, reason = "how far it is, and every failure")]
fn hold(make: Read) {
    let read = |tape: &[u8]| make(&mut Tape::new(tape));
    let first = number("NIXFIX_SEED").unwrap_or(0);
    let seeds: Vec<u64> = (first..first + number("NIXFIX_CASES").unwrap_or(CASES)).collect();
    let (mut wrong, mut known) = (Vec::new(), 0);
    for seeds in seeds.chunks(BATCH) {
        let all: Vec<Expression> = seeds.iter().map(|seed| read(&tape_of(*seed))).collect();
        let verdicts = judge(&all);
        known += verdicts
            .iter()
            .filter(|verdict| **verdict == Verdict::Known)
            .count();
        println!("{} judged, {known} known so far", seeds.len());
        let found = seeds
            .iter()
            .zip(verdicts)
            .filter_map(|(seed, verdict)| match verdict {
                Verdict::Wrong(how) => Some((*seed, how)),
                _ => None,
            });
        wrong.extend(found);
    }
    let Some((seed, _)) = wrong.first() else {
        // Where hardly any is known, little is held to anything.
        assert!(
            known * 2 > seeds.len(),
            "{known} of {} are known",
            seeds.len()
        );
        return;
    };
    for (seed, how) in &wrong {
        println!("NIXFIX_SEED={seed} NIXFIX_CASES=1: {how}");
    }
    let (small, how) = shrink(tape_of(*seed), &read);
    panic!(
        "{} of {} expressions are wrong; that of NIXFIX_SEED={seed} comes down to\n{}\n{how}",
        wrong.len(),
        seeds.len(),
        small.text
    );
}

/// The simplest wrong expression that was found on the way down from that of `tape`, and what is wrong with it.
fn shrink(mut tape: Vec<u8>, read: &dyn Fn(&[u8]) -> Expression) -> (Expression, String) {
    let mut how = String::new();
    loop {
        let cut = [2, 4, 8]
            .into_iter()
            .map(|part| tape[..tape.len() - tape.len() / part].to_vec());
        let without = (0..tape.len()).map(|at| [&tape[..at], &tape[at + 1..]].concat());
        let plainer = (0..tape.len()).filter(|at| tape[*at] != 0).map(|at| {
            let mut tape = tape.clone();
            tape[at] = 0;
            tape
        });
        let length = |tape: &[u8]| (read(tape).text.len(), tape.len());
        let mut simpler: Vec<Vec<u8>> = cut.chain(without).chain(plainer).collect();
        simpler.retain(|simpler| length(simpler) < length(&tape));
        simpler.sort_by_key(|tape| length(tape));
        let verdicts = judge(&simpler.iter().map(|tape| read(tape)).collect::<Vec<_>>());
        let next = simpler
            .into_iter()
            .zip(verdicts)
            .find_map(|(tape, verdict)| match verdict {
                Verdict::Wrong(how) => Some((tape, how)),
                _ => None,
            });
        match next {
            Some((simpler, found)) => (tape, how) = (simpler, found),
            None => return (read(&tape), how),
        }
    }
}
