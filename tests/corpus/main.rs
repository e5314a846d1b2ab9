//! Runs the binary over every case of `corpus/`: dry run, apply, apply again, and `check` around them.
//!
//! ```sh
//! cargo test --test corpus                                  # all cases
//! NIXFIX_CASE=guide cargo test --test corpus                # those whose name holds `guide`
//! NIXFIX_BLESS=1 cargo test --test corpus                   # write what came out as what is expected
//! ```

#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod case;
mod compare;
mod repo;
#[path = "../support/schema.rs"]
mod schema;
mod steps;

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use case::Case;

const THREADS: usize = 2;

#[test]
fn every_case_gives_what_it_expects() {
    let bless = env::var_os("NIXFIX_BLESS").is_some();
    assert!(
        !(bless && env::var_os("CI").is_some()),
        "a CI run must not write expectations"
    );
    let cases = Case::all(&env::var("NIXFIX_CASE").unwrap_or_default());
    let failures = run_all(&cases, bless);
    println!("{} cases ran, {} failed", cases.len(), failures.len());
    assert!(!cases.is_empty(), "no case has such a name");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// What failed, in the order of the cases.
fn run_all(cases: &[Case], bless: bool) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = steps::run(case, bless);
            if !found.is_empty() {
                failures.lock().unwrap().push((case.name.clone(), found));
            }
        }
    };
    thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(work))));
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    let describe =
        |(name, found): (String, Vec<String>)| format!("=== {name}\n{}", found.join("\n"));
    failures.into_iter().map(describe).collect()
}
