//! The whole way with the real Nix, on inputs that are local flakes.

use serde_json::Value;

use crate::config::SYSTEMS;
use crate::real::Real;

/// A repository whose flake.lock was made by Nix.
fn locked() -> Real {
    let real = Real::new();
    std::fs::remove_file(real.config.root.join("flake.lock")).unwrap();
    real.nix("flake lock");
    real.config.commit_all("Lock");
    real
}

#[test]
fn a_migration_is_locked_verified_committed_and_stays_verified() {
    let real = locked();
    let config = &real.config;
    let old: Value = serde_json::from_str(&config.read("flake.lock")).unwrap();
    let text = config.nixfix("apply --verify").expect(0);
    assert!(text.contains("2 hosts verified\n"), "{text}");
    assert!(
        text.contains("`flake.lock` has the new input as well"),
        "{text}"
    );
    assert!(
        config
            .git(&["show", "--name-only", "--format="])
            .contains("flake.lock\nflake.nix\n")
    );
    assert_eq!(config.git(&["status", "--porcelain"]), "");

    let new: Value = serde_json::from_str(&config.read("flake.lock")).unwrap();
    assert_eq!(new["nodes"]["nixpkgs"], old["nodes"]["nixpkgs"]);
    assert_eq!(new["nodes"]["llama-cpp"]["inputs"]["nixpkgs"][0], "nixpkgs");
    let metadata: Value =
        serde_json::from_str(&real.nix("flake metadata --no-update-lock-file --json")).unwrap();
    assert_eq!(metadata["locks"], new);

    let before = config.state();
    let said = config.nixfix("verify --check --build carbon --flags");
    let text = said.expect(0);
    assert!(
        said.stdout.contains(
            "carbon: llama-cpp-cuda\n  -DGGML_NATIVE:BOOL=FALSE\n  -DNAME=llama-cpp-cuda\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("2 hosts verified; nix flake check passes; built llama-cpp-cuda of carbon\n"),
        "{text}"
    );
    assert_eq!(config.state(), before);

    let said = config.nixfix("verify --format json");
    said.expect(0);
    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    for host in report["hosts"].as_array().unwrap() {
        let rocm = &host["packages"][3];
        let there = host["system"] == "x86_64-linux";
        assert_eq!(
            rocm["status"],
            if there { "ok" } else { "unavailable" },
            "{text}"
        );
        assert!(SYSTEMS.iter().any(|system| host["system"] == *system));
    }
}

#[test]
fn what_the_real_nix_rejects_is_put_back() {
    let real = locked();
    let config = &real.config;
    config.write("machines/boron.nix", "{ networking.hostName = throw \"boron is broken\"; environment.systemPackages = [ missing ]; }\n");
    config.commit_all("Break boron");
    let before = config.state();
    let text = config.nixfix("apply --verify").expect(2);
    assert!(
        text.contains("host `boron.example`: it does not evaluate"),
        "{text}"
    );
    assert!(text.contains("undefined variable 'missing'"), "{text}");
    assert!(
        text.contains("everything that was written is put back"),
        "{text}"
    );
    assert_eq!(config.state(), before);
}

#[test]
fn an_input_that_cannot_be_fetched_leaves_a_stale_lock_and_the_migration() {
    let real = locked();
    let config = &real.config;
    std::fs::remove_dir_all(config.beside("llama-cpp")).unwrap();
    let before = config.read("flake.lock");
    let text = config.nixfix("apply").expect(0);
    assert!(
        text.contains("warning[lock-stale]") && text.contains("No such file"),
        "{text}"
    );
    assert_eq!(config.read("flake.lock"), before);
    assert_eq!(config.git(&["status", "--porcelain"]), "");
    let text = config.nixfix("verify").expect(1);
    assert!(
        text.contains("the flake's hosts do not evaluate\n  | error:"),
        "{text}"
    );
}
