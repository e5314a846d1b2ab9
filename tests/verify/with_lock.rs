//! `nixfix apply` and flake.lock, with a double of Nix.

use serde_json::Value;

use crate::config::Config;
use crate::double::{Double, Doubled, GOOD, LOCKS};

fn committed(config: &Config) -> String {
    config.git(&["show", "--format=%B", "--name-only", "HEAD"])
}

/// The migration stands, and flake.lock is as it was.
fn expect_stale(doubled: &Doubled, why: &str) {
    let before = doubled.config.read("flake.lock");
    let text = doubled.config.nixfix("apply").expect(0);
    assert!(
        text.contains("warning[lock-stale]") && text.contains(why),
        "{text}"
    );
    assert!(
        text.contains("run `nix flake lock` and commit flake.lock"),
        "{text}"
    );
    assert_eq!(doubled.config.read("flake.lock"), before);
    assert!(!committed(&doubled.config).contains("flake.lock"));
    assert!(doubled.config.read("flake.nix").contains("llama-cpp"));
    assert_eq!(doubled.config.git(&["status", "--porcelain"]), "");
}

#[test]
fn the_new_entry_goes_into_the_same_commit() {
    let doubled = Doubled::new(&GOOD);
    let text = doubled.config.nixfix("apply").expect(0);
    assert!(
        text.contains("`flake.lock` has the new input as well"),
        "{text}"
    );
    let commit = committed(&doubled.config);
    assert!(
        commit.contains("- Lock llama-cpp in flake.lock"),
        "{commit}"
    );
    assert!(commit.contains("\nflake.lock\nflake.nix\n"), "{commit}");
    assert_eq!(doubled.config.git(&["rev-list", "--count", "HEAD"]), "2\n");
    assert_eq!(doubled.config.git(&["status", "--porcelain"]), "");
    assert_eq!(doubled.calls(), "flake lock\n");
    doubled.config.nixfix("apply").expect(0);
    assert_eq!(
        doubled.calls(),
        "flake lock\n",
        "a second run has nothing to lock"
    );
}

#[test]
fn nix_sees_the_new_files_when_it_locks() {
    let sees = "git ls-files | grep -q hardware-profiles/cuda.nix || { echo 'error: not added' >&2; exit 1; }";
    let lock: &'static str = Box::leak(format!("{sees}\n{LOCKS}").into_boxed_str());
    let doubled = Doubled::new(&Double { lock, ..GOOD });
    doubled.config.nixfix("apply --lock").expect(0);
    assert!(committed(&doubled.config).contains("\nflake.lock\n"));
}

#[test]
fn without_a_commit_the_entry_is_staged_with_the_rest() {
    let doubled = Doubled::new(&GOOD);
    doubled.config.nixfix("apply --no-commit").expect(0);
    let status = doubled.config.git(&["status", "--porcelain"]);
    assert!(
        status.starts_with("M  flake.lock\nM  flake.nix\n"),
        "{status}"
    );
}

#[test]
fn scripts_and_patches_have_flake_lock_among_the_files() {
    let doubled = Doubled::new(&GOOD);
    let said = doubled.config.nixfix("apply --format json");
    said.expect(0);
    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    let paths: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|file| file["path"].as_str())
        .collect();
    assert_eq!(paths[..2], ["flake.lock", "flake.nix"]);
    let said = Doubled::new(&GOOD).config.nixfix("apply --format patch");
    assert!(
        said.stdout
            .starts_with("diff --git a/flake.lock b/flake.lock\n"),
        "{}",
        said.expect(0)
    );
}

#[test]
fn offline_the_migration_stands_and_the_lock_is_called_stale() {
    let offline = "echo broken > flake.lock; echo \"error: unable to download 'https://api.github.com/x'\" >&2; exit 1";
    let doubled = Doubled::new(&Double {
        lock: offline,
        ..GOOD
    });
    expect_stale(&doubled, "unable to download 'https://api.github.com/x'");
    let doubled = Doubled::new(&Double {
        lock: offline,
        ..GOOD
    });
    let said = doubled.config.nixfix("apply --format json");
    said.expect(0);
    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    let codes: Vec<&str> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|said| said["code"].as_str())
        .collect();
    assert!(codes.contains(&"lock-stale"), "{codes:?}");
}

#[test]
fn a_lock_that_moves_another_entry_is_taken_back() {
    let moves: &'static str =
        Box::leak(format!("{LOCKS}\nsed -i 's|\"/n\"|\"/m\"|' flake.lock").into_boxed_str());
    expect_stale(
        &Doubled::new(&Double {
            lock: moves,
            ..GOOD
        }),
        "taken back, for the entry of `nixpkgs` moved",
    );
    expect_stale(
        &Doubled::new(&Double { lock: ":", ..GOOD }),
        "taken back, for it has no entry for `llama-cpp`",
    );
}

#[test]
fn the_lock_is_left_alone_where_the_user_says_so_or_nothing_can_be_done() {
    let doubled = Doubled::new(&GOOD);
    let text = doubled.config.nixfix("apply --no-lock").expect(0);
    assert!(text.contains("`--no-lock` leaves it alone"), "{text}");
    assert_eq!(doubled.calls(), "");

    let doubled = Doubled::new(&GOOD);
    doubled.config.write(
        "flake.lock",
        &doubled.config.read("flake.lock").replace("/n", "/mine"),
    );
    let before = doubled.config.state();
    let text = doubled.config.nixfix("apply --lock").expect(2);
    assert!(
        text.contains("`--lock` cannot be done: `flake.lock` has changes that are not committed"),
        "{text}"
    );
    assert_eq!(doubled.config.state(), before);
    let text = doubled.config.nixfix("apply").expect(0);
    assert!(
        text.contains("`flake.lock` has changes that are not committed"),
        "{text}"
    );
    assert_eq!(doubled.calls(), "");
    assert_eq!(
        doubled.config.git(&["status", "--porcelain"]),
        " M flake.lock\n"
    );

    let doubled = Doubled::new(&GOOD);
    doubled.config.git(&["rm", "--quiet", "flake.lock"]);
    doubled.config.commit_all("No lock");
    assert!(
        !doubled
            .config
            .nixfix("apply")
            .expect(0)
            .contains("flake.lock")
    );
    assert_eq!(doubled.calls(), "");
}

#[test]
fn without_nix_the_lock_is_stale_unless_it_was_asked_for() {
    let empty = tempfile::tempdir().unwrap();
    let config = Config::new(&empty.path().display().to_string());
    let before = config.state();
    let text = config.nixfix("apply --lock").expect(2);
    assert!(
        text.contains("`--lock` cannot be done: there is no nix on the path"),
        "{text}"
    );
    assert_eq!(config.state(), before);
    let text = config.nixfix("apply").expect(0);
    assert!(
        text.contains("warning[lock-stale]") && text.contains("there is no nix on the path"),
        "{text}"
    );
}

#[test]
fn a_dry_run_and_a_check_never_run_nix() {
    let doubled = Doubled::new(&GOOD);
    doubled.config.nixfix("apply --dry-run --lock").expect(0);
    doubled.config.nixfix("check").expect(1);
    doubled.config.nixfix("show").expect(0);
    assert_eq!(doubled.calls(), "");
}
