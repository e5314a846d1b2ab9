//! Repositories that are laid out in other ways than `git init` does it: each is migrated as git would have it, or refused by
//! name.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;

use crate::sandbox::*;

/// Runs `apply`, which must refuse with these words and leave everything as it is.
fn refuses(sandbox: &Sandbox, words: &[&str]) {
    let state = || (sandbox.git(&["status", "--porcelain"]), sandbox.commits());
    let before = state();
    sandbox.nixfix(&["apply"]).expect(2, words);
    assert_eq!(state(), before);
}

fn migrates(sandbox: &Sandbox) {
    sandbox.nixfix(&["apply"]).expect(0, &["committed"]);
    sandbox.git(&["fsck", "--strict"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    sandbox.nixfix(&["check"]).expect(0, &["nothing to do"]);
}

#[test]
fn an_index_that_cannot_be_read_whole_is_named_with_the_way_out() {
    for (make, words, undo) in [
        (
            "update-index --split-index",
            "it is split",
            "update-index --no-split-index",
        ),
        (
            "sparse-checkout set --sparse-index machines",
            "it is sparse",
            "sparse-checkout reapply --no-sparse-index",
        ),
    ] {
        let sandbox = Sandbox::old();
        sandbox.write("other/notes.txt", "");
        sandbox.commit_all("other");
        let git = |line: &str| sandbox.git(&line.split(' ').collect::<Vec<_>>());
        git(make);
        refuses(&sandbox, &["could not open git's index", words, undo]);
        git(undo);
        migrates(&sandbox);
    }
}

#[test]
fn in_a_sparse_checkout_what_is_left_out_stays_out() {
    let sandbox = Sandbox::old();
    sandbox.write("other/notes.txt", "");
    sandbox.commit_all("other");
    sandbox.git(&["sparse-checkout", "set", "machines"]);
    assert!(!sandbox.root().join("other").exists());
    migrates(&sandbox);
    assert!(!sandbox.root().join("other").exists());
    assert_eq!(
        sandbox.git(&["ls-files", "-t", "other"]),
        "S other/notes.txt\n"
    );
    let without = Sandbox::old();
    without.write("other/notes.txt", "");
    without.commit_all("other");
    without.git(&["sparse-checkout", "set", "other"]);
    refuses(
        &without,
        &[
            "`machines/carbon.nix`, which cannot be read",
            "a sparse checkout",
        ],
    );
}

#[test]
fn what_only_makes_the_index_faster_stays_in_it() {
    let sandbox = Sandbox::old();
    for line in [
        "update-index --index-version 4",
        "update-index --untracked-cache",
    ] {
        sandbox.git(&line.split(' ').collect::<Vec<_>>());
    }
    migrates(&sandbox);
    let version = sandbox.git(&["update-index", "--show-index-version"]);
    assert_eq!(version, "4\n");
}

#[test]
fn an_extension_that_nixfix_does_not_know_is_named() {
    let sandbox = Sandbox::old();
    sandbox.git(&["config", "core.repositoryFormatVersion", "1"]);
    sandbox.git(&["config", "extensions.partialClone", "origin"]);
    sandbox
        .nixfix(&["apply"])
        .expect(2, &["`extensions.partialclone`, so nothing may change it"]);
    let other = sandbox.beside("sha256");
    let init = ["init", "--quiet", "--object-format=sha256"];
    sandbox.git(&[&init[..], &[other.to_str().unwrap()]].concat());
    fs::copy(sandbox.root().join("flake.nix"), other.join("flake.nix")).unwrap();
    sandbox.nixfix_in(&other, &["check"]).expect(2, &["sha256"]);
}

#[test]
fn a_linked_work_tree_gets_the_commit_and_the_main_one_none() {
    let sandbox = Sandbox::old();
    let linked = sandbox.beside("linked");
    sandbox.git(&["worktree", "add", "--quiet", linked.to_str().unwrap()]);
    sandbox
        .nixfix_in(&linked, &["apply"])
        .expect(0, &["committed"]);
    assert_eq!(sandbox.git(&["log", "--format=%s", "main"]), "before\n");
    let count = sandbox.git(&["rev-list", "--count", "linked"]);
    assert_eq!(count, "2\n");
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    sandbox
        .nixfix_in(&linked, &["check"])
        .expect(0, &["nothing to do"]);
}

#[test]
fn a_flake_in_a_subdirectory_is_migrated_there() {
    let sandbox = Sandbox::old();
    fs::create_dir(sandbox.root().join("nixos")).unwrap();
    for name in ["flake.nix", "machines"] {
        sandbox.git(&["mv", name, "nixos"]);
    }
    sandbox.commit_all("moved");
    sandbox.nixfix(&["apply"]).expect(2, &["no flake.nix"]);
    sandbox
        .nixfix(&["apply", "nixos"])
        .expect(0, &["committed"]);
    let changed = sandbox.git(&["show", "--name-only", "--format=", "HEAD"]);
    assert!(
        changed.lines().all(|path| path.starts_with("nixos/")),
        "{changed}"
    );
    sandbox.git(&["fsck", "--strict"]);
}

/// Somebody who may do nothing special. To become that one takes root; who is not root is that one already.
const NOBODY: u32 = 65_534;

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// Runs nixfix as somebody who is not root, in a repository that everybody may read.
fn as_nobody(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let program = sandbox.beside("copy-of-nixfix");
    // By a process of its own: a file that this one has open to be written cannot be run, and a child that another test
    // starts meanwhile would have it open as well.
    let copied = std::process::Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_nixfix"))
        .arg(&program)
        .status();
    assert!(copied.unwrap().success());
    let open = PermissionsExt::from_mode(0o755);
    fs::set_permissions(sandbox.beside("."), open).unwrap();
    let mut command = sandbox.command(&program, &sandbox.root());
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    run(command.args(arguments))
}

fn give_away(path: &Path) {
    let status = std::process::Command::new("chown")
        .args(["-R", &NOBODY.to_string()])
        .arg(path)
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn a_repository_of_somebody_else_is_refused_until_it_is_trusted() {
    let sandbox = Sandbox::old();
    if !is_root() {
        // One's own repository is never another's, and only root can make it so.
        return as_nobody(&sandbox, &["check"]).expect(1, &[]);
    }
    as_nobody(&sandbox, &["check"]).expect(2, &["belongs to another user", "safe.directory"]);
    sandbox.git(&["config", "--global", "safe.directory", "*"]);
    as_nobody(&sandbox, &["check"]).expect(1, &["+++ b/flake.nix"]);
}

#[test]
fn a_directory_that_cannot_be_written_leaves_everything_as_it_was() {
    let sandbox = Sandbox::old();
    if is_root() {
        give_away(&sandbox.root());
        sandbox.git(&["config", "--global", "safe.directory", "*"]);
    }
    let machines = sandbox.root().join("machines");
    let chmod =
        |mode: u32| fs::set_permissions(&machines, PermissionsExt::from_mode(mode)).unwrap();
    chmod(0o555);
    let before = (sandbox.git(&["status", "--porcelain"]), sandbox.commits());
    as_nobody(&sandbox, &["apply"]).expect(2, &["machines/", "Permission denied"]);
    assert_eq!(
        (sandbox.git(&["status", "--porcelain"]), sandbox.commits()),
        before
    );
    assert!(!sandbox.root().join(".git/nixfix/journal.json").exists());
    chmod(0o755);
    as_nobody(&sandbox, &["apply"]).expect(0, &["committed"]);
}

#[test]
fn a_full_disk_leaves_the_old_state_or_the_new() {
    let sandbox = Sandbox::old();
    let state = |sandbox: &Sandbox| {
        [
            sandbox.git(&["status", "--porcelain"]),
            sandbox.git(&["diff", "HEAD"]),
            sandbox.git(&["log", "--format=%T %s"]),
        ]
    };
    let before = state(&sandbox);
    let mut refused = 0;
    // No file may grow beyond the limit: to the one who writes it, that is a full disk.
    for blocks in (0..).step_by(4) {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec nixfix apply 2>&1");
        let ran = run(sandbox.command("sh", &sandbox.root()).args(["-c", &script]));
        if ran.code == 0 {
            break;
        }
        ran.expect(2, &["File too large"]);
        // The limit is gone: any run puts right what is left to put right.
        sandbox.nixfix(&["show"]);
        assert_eq!(state(&sandbox), before, "{blocks} blocks: {}", ran.text);
        refused += 1;
    }
    assert!(refused > 2, "{refused}");
    sandbox.git(&["fsck", "--strict"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_limit_of_address_space_is_named() {
    let sandbox = Sandbox::old();
    let script = "ulimit -v 600000; exec nixfix apply 2>&1";
    let ran = run(sandbox.command("sh", &sandbox.root()).args(["-c", script]));
    ran.expect(2, &["error: could not start", "`ulimit -v`"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}
