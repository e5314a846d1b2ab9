//! What goes wrong is said in the user's words: no type, no library, no number of an error.

#![allow(
    clippy::unwrap_used,
    reason = "a failed step of the set-up is a failed test"
)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const FLAKE: &str = r#"{
  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
  outputs = { self, nixpkgs, ... }@inputs: {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem { modules = [ ./carbon.nix ]; };
  };
}
"#;

fn git(dir: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    let status = git.args(arguments).current_dir(dir).status().unwrap();
    assert!(status.success(), "git {arguments:?}");
}

/// A flake of one host, committed.
fn committed() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("flake.nix"), FLAKE).unwrap();
    fs::write(dir.path().join("carbon.nix"), "{ }\n").unwrap();
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["config", "user.name", "t"]);
    git(dir.path(), &["config", "user.email", "t@example.org"]);
    git(dir.path(), &["add", "--all"]);
    git(dir.path(), &["commit", "--quiet", "--message=before"]);
    dir
}

/// What went wrong with `nixfix` and these arguments: stderr, and the exit code, which is 2.
fn failure(dir: &Path, arguments: &str) -> String {
    let mut nixfix = Command::new(env!("CARGO_BIN_EXE_nixfix"));
    nixfix.args(arguments.split_whitespace()).current_dir(dir);
    let output = nixfix
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
    said
}

/// What has no place in a message.
fn internals(said: &str) -> Vec<&'static str> {
    const NEVER: [&str; 14] = [
        "os error", "class=", "code=", "libgit2", "git2", "::", "Err(", "Some(", "None", "Error {",
        "panicked", "src/", "unwrap", "rnix",
    ];
    NEVER
        .into_iter()
        .filter(|word| said.contains(word))
        .collect()
}

type SetUp = fn(&Path);

#[test]
fn failures_are_told_in_the_users_words() {
    let nothing: SetUp = |_| {};
    let cases: &[(&str, SetUp, &str)] = &[
        ("show --host carbn", nothing, "did you mean `carbon`?"),
        (
            "show nowhere",
            nothing,
            "there is no flake.nix at `nowhere`",
        ),
        (
            "apply --profile carbon=cud",
            nothing,
            "did you mean `cuda`?",
        ),
        (
            "apply --profile carbn=cuda",
            nothing,
            "did you mean `carbon`?",
        ),
        ("apply --profile carbon", nothing, "expected HOST=NAME"),
        (
            "apply --only add-inputs",
            nothing,
            "a similar value exists: 'add-input'",
        ),
        (
            "apply --dryrun",
            nothing,
            "a similar argument exists: '--dry-run'",
        ),
        ("aply", nothing, "a similar subcommand exists: 'apply'"),
        (
            "explain profile-contradictry",
            nothing,
            "did you mean `profile-contradictory`?",
        ),
        ("completions bsh", nothing, "a similar value exists: 'bash'"),
        (
            "apply --remove /etc/passwd",
            nothing,
            "not in the repository",
        ),
        (
            "apply --recipe missing.toml",
            nothing,
            "could not read the recipe `missing.toml`: No such file or directory",
        ),
        (
            "recipe check .",
            nothing,
            "could not read the recipe `.`: Is a directory",
        ),
        (
            "recipe new carbon.nix",
            nothing,
            "`carbon.nix` is there already",
        ),
        (
            "recipe new no/where.toml",
            nothing,
            "could not write the recipe `no/where.toml`: No such file or directory",
        ),
        (
            "man flake.nix/x",
            nothing,
            "could not write the manual to `flake.nix/x`: Not a directory",
        ),
        (
            "show",
            |dir| fs::write(dir.join("nixfix.toml"), "version = 1\n[input\n").unwrap(),
            "no valid TOML",
        ),
        (
            "show",
            |dir| fs::write(dir.join("nixfix.toml"), "version = 1\nmachins = {}\n").unwrap(),
            "did you mean `machines`?",
        ),
        (
            "apply",
            |dir| fs::write(dir.join("flake.nix"), b"{ \xff }").unwrap(),
            "flake.nix",
        ),
        (
            "apply",
            |dir| fs::write(dir.join("flake.nix"), "{ outputs = ; }").unwrap(),
            "is not valid Nix",
        ),
        (
            "apply",
            |dir| fs::remove_file(dir.join("flake.nix")).unwrap(),
            "there is no flake.nix",
        ),
        (
            "apply",
            |dir| fs::write(dir.join(".git/index.lock"), "").unwrap(),
            "the index is locked",
        ),
        (
            "apply",
            |dir| fs::write(dir.join(".git/index"), "garbage").unwrap(),
            "index",
        ),
        (
            "apply",
            |dir| fs::write(dir.join(".git/HEAD"), "garbage").unwrap(),
            "HEAD",
        ),
        (
            "apply",
            |dir| fs::write(dir.join(".git/config"), "[core\n").unwrap(),
            "config",
        ),
        ("apply --branch a..b", nothing, "a..b"),
        (
            "apply",
            |dir| fs::write(dir.join("nixos"), "a file where a directory goes").unwrap(),
            "nixos",
        ),
        (
            "apply",
            |dir| {
                fs::write(dir.join(".git/hooks/pre-commit"), "#!/nowhere\n").unwrap();
                fs::set_permissions(
                    dir.join(".git/hooks/pre-commit"),
                    Permissions::from_mode(0o755),
                )
                .unwrap();
            },
            "pre-commit",
        ),
        (
            "hook install",
            |dir| fs::write(dir.join(".git/hooks/pre-commit"), "other\n").unwrap(),
            "there is a hook",
        ),
    ];
    let mut wrong = Vec::new();
    for (arguments, set_up, expected) in cases {
        let dir = committed();
        set_up(dir.path());
        let said = failure(dir.path(), arguments);
        let found = internals(&said);
        if !found.is_empty() || !said.contains(expected) {
            wrong.push(format!(
                "nixfix {arguments}: expected `{expected}`, has {found:?}\n{said}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_directory_that_is_no_repository_is_told_so() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("flake.nix"), FLAKE).unwrap();
    let said = failure(dir.path(), "show");
    assert!(
        said.starts_with("error: ") && internals(&said).is_empty(),
        "{said}"
    );
}
