//! Runs the binary over a folder of configuration repositories and says what became of each.
//!
//! ```sh
//! NIXFIX_SWEEP=~/repos cargo test --test sweep -- --nocapture    # every directory in ~/repos
//! NIXFIX_ONLY=dotfiles NIXFIX_SWEEP=...                          # those whose name holds `dotfiles`
//! ```
//!
//! Nothing in the folder is changed: each repository is copied and committed elsewhere first. Without `NIXFIX_SWEEP` the
//! corpus is swept. It is a failure if nixfix crashes, changes something in a second run, or writes what Nix cannot parse.

#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod copy;
#[path = "../support/nix.rs"]
#[allow(dead_code, reason = "only the parser is asked here")]
mod nix;
mod sweep;
mod totals;

use std::env;
use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use nix::Nix;
use sweep::Swept;
use totals::Totals;

const THREADS: usize = 2;

/// The repositories by name.
fn repositories() -> Vec<(String, PathBuf)> {
    let swept = env::var_os("NIXFIX_SWEEP").map(PathBuf::from);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = swept.as_ref().unwrap_or(&corpus);
    let only = env::var("NIXFIX_ONLY").unwrap_or_default();
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("read {folder:?}: {error}"));
    let mut all: Vec<(String, PathBuf)> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            (
                name,
                if swept.is_some() {
                    path
                } else {
                    path.join("before")
                },
            )
        })
        .filter(|(name, path)| name.contains(&only) && path.is_dir())
        .collect();
    all.sort();
    all
}

#[test]
fn no_repository_crashes_it_or_is_left_broken() {
    let nix = Nix::new().unwrap();
    let repositories = repositories();
    let next = AtomicUsize::new(0);
    let swept: Mutex<Vec<Swept>> = Mutex::default();
    let work = || {
        while let Some((name, path)) = repositories.get(next.fetch_add(1, Ordering::Relaxed)) {
            for found in sweep::sweep(name, path, &nix) {
                // Printed as it comes: a long sweep shows where it is.
                print!("{found}");
                stdout().flush().unwrap();
                swept.lock().unwrap().push(found);
            }
        }
    };
    thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(work))));
    let swept = swept.into_inner().unwrap();
    let totals = Totals::of(&swept);
    println!("\n{totals}");
    let wrong: Vec<String> = swept.iter().flat_map(Swept::failures).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(totals.hosts > 0, "no host was found");
}
