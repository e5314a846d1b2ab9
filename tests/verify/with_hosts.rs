//! `nixfix verify`, with a double of Nix.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::config::Config;
use crate::double::{Double, Doubled, GOOD};
use crate::schema::Schema;

#[test]
fn good_hosts_are_shown_in_a_table() {
    let doubled = Doubled::migrated(&GOOD);
    let before = doubled.config.state();
    let said = doubled
        .config
        .nixfix("verify --flags --check --build carbon");
    let text = said.expect(0);
    let table = "\
HOST           SYSTEM        PROFILE        PACKAGE         VARIANTS  RESULT
boron.example  x86_64-linux  cpu-optimized  llama-cpp-cpu   4 of 4    ok
carbon         x86_64-linux  cuda           llama-cpp-cuda  4 of 4    ok
";
    assert!(said.stdout.starts_with(table), "{text}");
    assert!(
        said.stdout.contains("carbon: llama-cpp-cuda\n  -DX=cuda\n"),
        "{text}"
    );
    assert!(
        said.stderr.ends_with(
            "2 hosts verified; nix flake check passes; built llama-cpp-cuda of carbon\n"
        ),
        "{text}"
    );
    assert!(!text.contains('\r'), "progress is for terminals: {text}");
    assert_eq!(
        doubled
            .calls()
            .lines()
            .map(|call| &call[..5])
            .collect::<Vec<_>>(),
        ["eval ", "eval ", "eval ", "flake", "build"]
    );
    assert_eq!(doubled.config.state(), before);
}

#[test]
fn a_script_gets_one_object() {
    let doubled = Doubled::migrated(&GOOD);
    let said = doubled.config.nixfix("verify --format json");
    said.expect(0);
    assert_eq!(Schema::read("verification").problems(&said.stdout), [""; 0]);
    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(
        (&report["version"], &report["status"]),
        (&1.into(), &"verified".into())
    );
    let carbon = &report["hosts"][1];
    assert_eq!(
        (&carbon["name"], &carbon["status"], &carbon["package"]),
        (&"carbon".into(), &"ok".into(), &"llama-cpp-cuda".into())
    );
    assert_eq!(carbon["packages"][1]["installed"], true);
    assert_eq!(carbon["failures"], Value::Array(Vec::new()));
}

#[test]
fn a_host_that_fails_is_named_with_nixs_own_message() {
    let broken = "case $host in carbon) echo 'warning: dirty' >&2; echo \"error: undefined variable 'x'\" >&2; exit 1;; *) answer cpu;; esac";
    let doubled = Doubled::migrated(&Double {
        host: broken,
        ..GOOD
    });
    let said = doubled.config.nixfix("verify");
    let text = said.expect(1);
    assert!(
        said.stderr.contains(
            "error: host `carbon`: it does not evaluate\n  | error: undefined variable 'x'\n"
        ),
        "{text}"
    );
    assert!(said.stderr.contains("1 of 2 hosts verified"), "{text}");
    let said = doubled.config.nixfix("verify --format json");
    assert_eq!(Schema::read("verification").problems(&said.stdout), [""; 0]);
    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(
        report["hosts"][1]["failures"][0]["message"],
        "error: undefined variable 'x'"
    );
}

#[test]
fn a_package_that_is_not_installed_is_a_failure() {
    let doubled = Doubled::migrated(&Double {
        host: "answer cpu",
        ..GOOD
    });
    let text = doubled.config.nixfix("verify").expect(1);
    assert!(
        text.contains("host `carbon`: its environment.systemPackages lacks `llama-cpp-cuda`"),
        "{text}"
    );
}

#[test]
fn a_package_that_does_not_evaluate_is_told_from_the_others() {
    let broken = "case $last in *vulkan*) echo 'error: no vulkan' >&2; exit 1;; esac; case $host in carbon) answer cuda;; *) answer cpu;; esac";
    let doubled = Doubled::migrated(&Double {
        host: broken,
        ..GOOD
    });
    let text = doubled.config.nixfix("verify").expect(1);
    assert!(
        text.contains(
            "host `carbon`: its `pkgs.llama-cpp-vulkan` does not evaluate\n  | error: no vulkan\n"
        ),
        "{text}"
    );
    assert!(text.contains("3 of 4"), "{text}");
    assert!(!text.contains("lacks"), "{text}");
}

#[test]
fn a_host_that_nix_does_not_see_is_a_failure() {
    let doubled = Doubled::migrated(&Double {
        hosts: "echo '[\"carbon\"]'",
        ..GOOD
    });
    let text = doubled.config.nixfix("verify").expect(1);
    assert!(
        text.contains("error: nix does not see the host `boron.example`"),
        "{text}"
    );
}

#[test]
fn a_failing_check_or_build_fails_the_verification() {
    let failing = Double {
        check: "echo 'error: no check' >&2; exit 1",
        build: "echo 'error: no build' >&2; exit 1",
        ..GOOD
    };
    let doubled = Doubled::migrated(&failing);
    let text = doubled.config.nixfix("verify --check").expect(1);
    assert!(
        text.contains("error: `nix flake check` fails\n  | error: no check\n"),
        "{text}"
    );
    let text = doubled.config.nixfix("verify --build carbon").expect(1);
    assert!(
        text.contains("error: no build")
            && text.contains("host `carbon`: `llama-cpp-cuda` does not build"),
        "{text}"
    );
    let text = doubled.config.nixfix("verify --build iron").expect(2);
    assert!(
        text.contains("the flake has no host `iron`: known here: `boron.example`, `carbon`"),
        "{text}"
    );
}

#[test]
fn what_is_not_migrated_yet_says_so() {
    let bare = "echo \"{\\\"system\\\":null,\\\"packages\\\":[{\\\"name\\\":\\\"llama-cpp-cuda\\\",\\\"exists\\\":false,\\\"derivation\\\":null,\\\"installed\\\":false,\\\"flags\\\":[]}]}\"";
    let doubled = Doubled::new(&Double { host: bare, ..GOOD });
    let text = doubled.config.nixfix("verify").expect(1);
    assert!(
        text.contains("it has no `pkgs.llama-cpp-cuda`: the overlay is missing"),
        "{text}"
    );
    assert!(
        text.contains("note: the migration is not complete"),
        "{text}"
    );
}

#[test]
fn a_nix_that_cannot_be_asked_is_refused_with_the_reason() {
    let disabled = "echo \"error: experimental Nix feature 'flakes' is disabled; use '--extra-experimental-features flakes'\" >&2; exit 1";
    let doubled = Doubled::migrated(&Double {
        hosts: disabled,
        ..GOOD
    });
    let text = doubled.config.nixfix("verify").expect(2);
    assert!(text.contains("flakes are not enabled"), "{text}");

    let empty = tempfile::tempdir().unwrap();
    let config = Config::new(&empty.path().display().to_string());
    let text = config.nixfix("verify").expect(2);
    assert!(text.contains("there is no nix on the path"), "{text}");
}

#[test]
fn a_slow_evaluation_is_stopped() {
    let doubled = Doubled::migrated(&Double {
        host: "sleep 60",
        ..GOOD
    });
    let start = Instant::now();
    let text = doubled.config.nixfix("verify --timeout 1").expect(2);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(
        text.contains("could not verify host `boron.example`: nix took more than 1 second"),
        "{text}"
    );
}
