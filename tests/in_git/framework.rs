//! The real `pre-commit` framework, with the hook that this repository offers it. `tests/run` installs the framework.

use std::fs;
use std::path::Path;

use crate::sandbox::*;

/// A migrated flake where pre-commit runs nixfix before each commit.
fn framed() -> Sandbox {
    let sandbox = Sandbox::new();
    let offer = sandbox.beside("nixfix-repository");
    fs::create_dir(&offer).unwrap();
    let yaml = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    fs::copy(yaml, offer.join(".pre-commit-hooks.yaml")).unwrap();
    let git = |arguments: &[&str]| {
        let ran = run(sandbox.command("git", &offer).args(arguments));
        ran.expect(0, &[]);
        ran.text
    };
    git(&["init", "--quiet"]);
    git(&["config", "user.name", "A User"]);
    git(&["config", "user.email", "user@example.org"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "-m", "hooks"]);
    let config = format!(
        "repos:\n- repo: {}\n  rev: {}  hooks:\n  - id: nixfix-system\n",
        offer.display(),
        git(&["rev-parse", "HEAD"])
    );
    sandbox.write(".pre-commit-config.yaml", &config);
    sandbox.commit_all("use pre-commit");
    let mut install = sandbox.command("pre-commit", &sandbox.root());
    run(install.arg("install")).expect(0, &[]);
    sandbox
}

#[test]
fn pre_commit_stops_what_is_pending_and_lets_the_rest_pass() {
    let sandbox = framed();
    sandbox.write("notes.txt", "");
    sandbox.git(&["add", "notes.txt"]);
    sandbox.add_host();
    let pending = [
        "nixfix check --staged",
        "Failed",
        "nixosConfigurations.boron",
    ];
    sandbox
        .try_git(&["commit", "-m", "the host is not staged"])
        .expect(0, &["Passed"]);
    sandbox.git(&["add", "machines/boron.nix"]);
    sandbox
        .try_git(&["commit", "-a", "-m", "boron"])
        .expect(1, &pending);
    sandbox.git(&["add", "--all"]);
    sandbox
        .try_git(&["commit", "-m", "boron"])
        .expect(1, &pending);
    sandbox.nixfix(&["hook", "install"]).expect(2, &["already"]);
    sandbox
        .nixfix(&["apply", "--no-commit", "--allow-dirty"])
        .expect(0, &[]);
    sandbox
        .try_git(&["commit", "-m", "boron"])
        .expect(0, &["Passed"]);
}

#[test]
fn pre_commit_stops_a_commit_that_only_deletes() {
    let sandbox = framed();
    sandbox.git(&["rm", "--quiet", "machines/hardware-profiles/cuda.nix"]);
    assert_ne!(sandbox.try_git(&["commit", "-m", "gone"]).code, 0);
}
