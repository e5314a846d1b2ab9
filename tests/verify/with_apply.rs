//! `nixfix apply --verify`, with a double of Nix: all of it is committed, or nothing is left of it.

use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::config::Config;
use crate::double::{Double, Doubled, GOOD};

const FAILS: &str = "echo 'error: no such option' >&2; exit 1";

#[test]
fn what_verifies_is_committed_with_its_lock() {
    let doubled = Doubled::new(&GOOD);
    let text = doubled.config.nixfix("apply --verify").expect(0);
    assert!(text.contains("2 hosts verified\n"), "{text}");
    assert_eq!(
        doubled.calls(),
        "flake lock\neval --extra-experimental-features\neval --extra-experimental-features\neval --extra-experimental-features\n"
    );
    assert!(
        doubled
            .config
            .git(&["show", "--name-only", "--format="])
            .contains("flake.lock")
    );
    assert_eq!(doubled.config.git(&["status", "--porcelain"]), "");
}

#[test]
fn what_does_not_verify_is_put_back() {
    for line in [
        "apply --verify",
        "apply --verify --no-commit",
        "apply --verify --no-lock",
        "apply --verify --branch new",
    ] {
        let doubled = Doubled::new(&Double {
            host: FAILS,
            ..GOOD
        });
        doubled.config.write("notes.txt", "staged before\n");
        doubled.config.git(&["add", "notes.txt"]);
        let before = doubled.config.state();
        let text = doubled.config.nixfix(line).expect(2);
        assert!(
            text.contains("host `carbon`: it does not evaluate\n  | error: no such option\n"),
            "{text}"
        );
        assert!(
            text.contains("the verification failed, so everything that was written is put back"),
            "{text}"
        );
        assert_eq!(doubled.config.state(), before, "{line}");
        assert!(
            !doubled
                .config
                .root
                .join(".git/nixfix/journal.json")
                .exists()
        );
    }
}

#[test]
fn a_part_of_the_migration_is_held_to_what_it_does() {
    let nothing = "case $last in *'packages = [  ]'*) answer;; *) exit 1;; esac";
    let doubled = Doubled::new(&Double {
        host: nothing,
        ..GOOD
    });
    doubled
        .config
        .nixfix("apply --verify --only add-input")
        .expect(0);
    let doubled = Doubled::new(&Double {
        host: "answer none",
        ..GOOD
    });
    doubled
        .config
        .nixfix("apply --verify --skip write-profiles,import-profile")
        .expect(0);
    let doubled = Doubled::new(&Double {
        host: "answer none",
        ..GOOD
    });
    let text = doubled.config.nixfix("apply --verify").expect(2);
    assert!(
        text.contains("host `carbon`: its environment.systemPackages lacks `llama-cpp-cuda`"),
        "{text}"
    );
}

#[test]
fn a_verification_that_cannot_be_done_puts_everything_back() {
    let doubled = Doubled::new(&Double {
        host: "sleep 60",
        ..GOOD
    });
    let before = doubled.config.state();
    let text = doubled
        .config
        .nixfix("apply --verify --timeout 1")
        .expect(2);
    assert!(
        text.contains("everything that was written is put back")
            && text.contains("more than 1 second"),
        "{text}"
    );
    assert_eq!(doubled.config.state(), before);
}

#[test]
fn a_hook_that_refuses_after_the_lock_puts_the_lock_back_as_well() {
    let doubled = Doubled::new(&GOOD);
    let hook = doubled.config.root.join(".git/hooks/pre-commit");
    std::fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let before = doubled.config.state();
    let text = doubled.config.nixfix("apply --verify").expect(2);
    assert!(
        text.contains("the pre-commit hook refused the commit"),
        "{text}"
    );
    assert_eq!(doubled.config.state(), before);
}

#[test]
fn without_nix_nothing_is_written() {
    let empty = tempfile::tempdir().unwrap();
    let config = Config::new(&empty.path().display().to_string());
    let before = config.state();
    let text = config.nixfix("apply --verify").expect(2);
    assert!(
        text.contains("there is no nix on the path, and `--verify` asks it"),
        "{text}"
    );
    assert_eq!(config.state(), before);
}

/// Waits until the double is in the middle of `call`.
fn wait_for(doubled: &Doubled, call: &str) {
    let start = Instant::now();
    while !doubled.calls().contains(call) {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "the double was never asked"
        );
        sleep(Duration::from_millis(10));
    }
}

#[test]
fn an_interrupt_puts_everything_back_at_once_and_a_kill_is_made_good_by_the_next_run() {
    for (signal, call, slow) in [
        (
            Signal::INT,
            "eval ",
            // The first question of all: between two of them a signal does what it always does.
            Double {
                hosts: "sleep 60",
                ..GOOD
            },
        ),
        (
            Signal::TERM,
            "flake lock",
            Double {
                lock: "sleep 60",
                ..GOOD
            },
        ),
        (
            Signal::KILL,
            "eval ",
            Double {
                hosts: "sleep 3",
                ..GOOD
            },
        ),
    ] {
        let doubled = Doubled::new(&slow);
        let before = doubled.config.state();
        let child = doubled.config.start("apply --verify --quiet --format json");
        wait_for(&doubled, call);
        kill_process(Pid::from_child(&child), signal).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if signal == Signal::KILL {
            let text = doubled.config.nixfix("show").expect(0);
            assert!(
                text.contains("everything is back as it was before it"),
                "{text}"
            );
        } else {
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("interrupted while nix was running"), "{said}");
        }
        assert_eq!(doubled.config.state(), before, "{signal:?}");
    }
}
