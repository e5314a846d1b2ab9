//! What `apply` refuses because of git, by name and with nothing changed, and what it does as git does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::sandbox::*;

/// Runs `apply`, which must refuse with these words and leave everything as it is.
fn refuses(sandbox: &Sandbox, words: &[&str]) {
    let state = || {
        [
            "status --porcelain",
            "diff",
            "diff --cached",
            "for-each-ref",
        ]
        .map(|line| sandbox.git(&line.split(' ').collect::<Vec<_>>()))
    };
    let before = state();
    sandbox.nixfix(&["apply"]).expect(2, words);
    assert_eq!(state(), before);
}

/// A branch `side` that conflicts with `main` in notes.txt.
fn diverged() -> Sandbox {
    let sandbox = Sandbox::old();
    sandbox.git(&["checkout", "--quiet", "-b", "side"]);
    sandbox.write("notes.txt", "side\n");
    sandbox.commit_all("side");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.write("notes.txt", "main\n");
    sandbox.commit_all("main");
    sandbox
}

#[test]
fn in_the_middle_of_something_no_commit_is_made() {
    for (command, name) in [
        (["merge", "side"], "a merge"),
        (["rebase", "side"], "a rebase"),
        (["cherry-pick", "side"], "a cherry-pick"),
        (["bisect", "start"], "a bisect"),
    ] {
        let sandbox = diverged();
        sandbox.try_git(&command);
        refuses(&sandbox, &["git is in the middle of", name]);
        sandbox
            .nixfix(&["apply", "--dry-run"])
            .expect(0, &["+++ b/flake.nix"]);
        sandbox
            .nixfix(&["apply", "--no-commit"])
            .expect(0, &["not committed"]);
    }
}

#[test]
fn on_a_detached_head_the_commit_follows_it() {
    let sandbox = Sandbox::old();
    sandbox.git(&["checkout", "--quiet", "--detach"]);
    sandbox.nixfix(&["apply"]).expect(0, &["committed"]);
    assert_eq!(
        sandbox.git(&["rev-parse", "HEAD~1"]),
        sandbox.git(&["rev-parse", "main"])
    );
    assert_eq!(sandbox.try_git(&["symbolic-ref", "HEAD"]).code, 128);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_bare_repository_has_nothing_to_change() {
    let sandbox = Sandbox::old();
    let bare = sandbox.beside("bare");
    sandbox.git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    fs::write(bare.join("flake.nix"), sandbox.read("flake.nix")).unwrap();
    for command in ["apply", "check", "show"] {
        sandbox
            .nixfix_in(&bare, &[command])
            .expect(2, &["bare repository"]);
    }
    sandbox
        .nixfix_in(&bare, &["check", "--staged"])
        .expect(2, &["bare repository"]);
}

#[test]
fn a_machine_file_in_a_submodule_is_refused_by_name() {
    let sandbox = Sandbox::old();
    let other = Sandbox::old();
    let url = other.root().display().to_string();
    sandbox.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "--quiet",
        &url,
        "fleet",
    ]);
    let flake = sandbox.read("flake.nix");
    sandbox.write(
        "flake.nix",
        &flake.replace("./machines/carbon", "./fleet/machines/carbon"),
    );
    sandbox.commit_all("fleet");
    refuses(&sandbox, &["fleet"]);
    sandbox.nixfix(&["check", "--staged"]).expect(2, &["fleet"]);
}

#[test]
fn a_file_that_git_is_told_to_skip_is_refused_by_name() {
    let sandbox = Sandbox::old();
    sandbox.git(&["update-index", "--skip-worktree", "machines/carbon.nix"]);
    refuses(
        &sandbox,
        &["`machines/carbon.nix` is left out by the sparse checkout"],
    );
    sandbox.git(&["update-index", "--no-skip-worktree", "machines/carbon.nix"]);
    sandbox.git(&["update-index", "--assume-unchanged", "machines/carbon.nix"]);
    refuses(
        &sandbox,
        &["`machines/carbon.nix` is marked as assumed unchanged"],
    );
}

#[test]
fn with_autocrlf_git_would_have_made_the_same_blobs() {
    let sandbox = Sandbox::old();
    sandbox.git(&["config", "core.autocrlf", "true"]);
    fs::remove_dir_all(sandbox.root().join("machines")).unwrap();
    fs::remove_file(sandbox.root().join("flake.nix")).unwrap();
    sandbox.git(&["checkout", "--", "."]);
    assert!(sandbox.read("flake.nix").contains("\r\n"));
    sandbox.nixfix(&["apply"]).expect(0, &["committed"]);
    assert!(sandbox.read("flake.nix").lines().count() > 0);
    let flake = sandbox.read("flake.nix");
    assert_eq!(flake.matches('\n').count(), flake.matches("\r\n").count());
    assert!(!sandbox.git(&["show", "HEAD:flake.nix"]).contains('\r'));
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    sandbox.git(&["add", "--renormalize", "."]);
    assert_eq!(sandbox.git(&["diff", "--cached", "--stat"]), "");
    sandbox
        .nixfix(&["check", "--staged"])
        .expect(0, &["nothing to do"]);
}

#[test]
fn whether_to_sign_is_as_configured_or_as_said() {
    let sandbox = Sandbox::old();
    let key = sandbox.beside("key");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&key)
        .status();
    assert!(made.unwrap().success());
    sandbox.git(&["config", "gpg.format", "ssh"]);
    sandbox.git(&["config", "user.signingKey", key.to_str().unwrap()]);
    for (configured, flag, signed) in [
        ("true", "-q", true),
        ("true", "--no-sign", false),
        ("false", "--sign", true),
        ("false", "-q", false),
    ] {
        sandbox.git(&["config", "commit.gpgSign", configured]);
        sandbox.nixfix(&["apply", flag]).expect(0, &[]);
        let commit = sandbox.git(&["cat-file", "commit", "HEAD"]);
        assert_eq!(
            commit.contains("BEGIN SSH SIGNATURE"),
            signed,
            "{configured} {flag}"
        );
        sandbox.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    }
}

#[test]
fn what_goes_wrong_after_the_commit_and_what_does_not_run_is_told() {
    let sandbox = Sandbox::old();
    for (name, script) in [
        ("post-commit", "exit 3"),
        ("reference-transaction", "exit 0"),
    ] {
        let path = format!(".git/hooks/{name}");
        sandbox.write(&path, &format!("#!/bin/sh\n{script}\n"));
        let executable = PermissionsExt::from_mode(0o755);
        fs::set_permissions(sandbox.root().join(path), executable).unwrap();
    }
    sandbox.nixfix(&["apply"]).expect(
        0,
        &[
            "warning: nixfix does not run the reference-transaction hook",
            "warning: the post-commit hook",
            "committed",
        ],
    );
}
