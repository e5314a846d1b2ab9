//! Staging and committing, compared with what git itself makes of the same files.

use std::fs;

use nixfix::git::{CommitOptions, Head};

use crate::sandbox::*;

#[test]
fn a_commit_is_what_git_commit_only_makes_and_leaves_all_else() {
    let (ours, gits) = (sandbox(), sandbox());
    for sandbox in [&ours, &gits] {
        add_dirt(sandbox);
        write_plan(sandbox);
    }
    ours.commit(&PLANNED, &CommitOptions::default()).unwrap();
    gits.git(&["add", "-N", "profiles/cuda.nix"]);
    let mut only = vec![
        "commit",
        "-q",
        "-m",
        "Add llama-cpp\n\nBody\n",
        "--only",
        "--",
    ];
    only.extend(PLANNED);
    gits.git(&only);
    assert_eq!(ours.state(), gits.state());
    ours.assert_sound();
}

#[test]
fn a_commit_in_a_clean_repository_leaves_it_clean() {
    let sandbox = sandbox();
    write_plan(&sandbox);
    let id = sandbox.commit(&PLANNED, &CommitOptions::default()).unwrap();
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    assert_eq!(sandbox.git(&["rev-parse", "main"]).trim(), id);
    sandbox.assert_sound();
}

#[test]
fn staging_is_what_git_add_does_to_the_planned_paths() {
    let (ours, gits) = (sandbox(), sandbox());
    for sandbox in [&ours, &gits] {
        add_dirt(sandbox);
        write_plan(sandbox);
    }
    ours.repo().stage(&paths(&PLANNED), |_| Ok(())).unwrap();
    let mut add = vec!["add", "-A", "--"];
    add.extend(PLANNED);
    gits.git(&add);
    assert_eq!(ours.state(), gits.state());
    ours.assert_sound();
}

#[test]
fn blobs_are_what_git_add_writes_whatever_the_line_ends() {
    let texts = ["{ }\n", "{\r\n}\r\n", "{\r\n}\n"];
    let settings = [
        ("false", ""),
        ("true", ""),
        ("input", ""),
        ("false", "*.nix text\n"),
        ("false", "*.nix text=auto eol=crlf\n"),
        ("true", "*.nix -text\n"),
        ("input", "*.nix text eol=lf\n"),
        ("false", "*.nix ident\n"),
    ];
    for (autocrlf, attributes) in settings {
        for text in texts {
            let (ours, gits) = (sandbox(), sandbox());
            for sandbox in [&ours, &gits] {
                sandbox.git(&["config", "core.autocrlf", autocrlf]);
                sandbox.write(".gitattributes", attributes);
                sandbox.write("flake.nix", &format!("# $Id$\n{text}"));
                sandbox.write("new.nix", text);
            }
            let planned = ["flake.nix", "new.nix"];
            ours.repo().stage(&paths(&planned), |_| Ok(())).unwrap();
            gits.git(&["add", "flake.nix", "new.nix"]);
            let list = |sandbox: &Sandbox| sandbox.git(&["ls-files", "-s"]);
            assert_eq!(
                list(&ours),
                list(&gits),
                "{autocrlf} {attributes:?} {text:?}"
            );
        }
    }
}

#[test]
fn a_new_branch_gets_the_commit_and_the_user() {
    let sandbox = sandbox();
    let start = sandbox.git(&["rev-parse", "main"]);
    write_plan(&sandbox);
    let options = CommitOptions {
        branch: Some("nixfix/llama".into()),
        ..CommitOptions::default()
    };
    let id = sandbox.commit(&PLANNED, &options).unwrap();
    assert_eq!(
        sandbox.git(&["symbolic-ref", "HEAD"]),
        "refs/heads/nixfix/llama\n"
    );
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).trim(), id);
    assert_eq!(sandbox.git(&["rev-parse", "main"]), start);
    assert_eq!(
        sandbox.git(&["reflog", "--format=%gs", "-2"]),
        "commit: Add llama-cpp\ncheckout: moving from main to nixfix/llama\n"
    );
    sandbox.assert_sound();
}

#[test]
fn an_existing_or_invalid_branch_is_refused() {
    let sandbox = sandbox();
    write_plan(&sandbox);
    for (branch, message) in [("main", "exists already"), ("a..b", "no valid name")] {
        let before = sandbox.exact_state();
        let options = CommitOptions {
            branch: Some(branch.into()),
            ..CommitOptions::default()
        };
        let error = sandbox.commit(&PLANNED, &options).unwrap_err();
        assert!(error.to_string().contains(message), "{error:#}");
        assert_eq!(sandbox.exact_state(), before);
    }
}

#[test]
fn a_commit_on_a_detached_head_moves_head_alone() {
    let sandbox = sandbox();
    sandbox.git(&["checkout", "-q", "--detach"]);
    let refs = sandbox.git(&["for-each-ref"]);
    write_plan(&sandbox);
    assert_eq!(sandbox.repo().head().unwrap(), Head::Detached);
    let id = sandbox.commit(&PLANNED, &CommitOptions::default()).unwrap();
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).trim(), id);
    assert_eq!(sandbox.git(&["for-each-ref"]), refs);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_linked_worktree_is_committed_in_its_own_branch() {
    let sandbox = sandbox();
    sandbox.git(&["worktree", "add", "-q", "../linked"]);
    let linked = Sandbox {
        _dir: tempfile::tempdir().unwrap(),
        root: sandbox.root.with_file_name("linked"),
    };
    write_plan(&linked);
    sandbox.hook("pre-commit", "git diff --cached --name-only > hook-saw");
    linked.git(&[
        "config",
        "core.hooksPath",
        sandbox.root.join(".git/hooks").to_str().unwrap(),
    ]);
    linked.commit(&PLANNED, &CommitOptions::default()).unwrap();
    assert_eq!(linked.git(&["status", "--porcelain"]), "?? hook-saw\n");
    let saw = fs::read_to_string(linked.root.join("hook-saw")).unwrap();
    assert_eq!(saw.lines().collect::<Vec<_>>(), PLANNED);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
    assert_eq!(
        sandbox.git(&["log", "-1", "--format=%s", "linked"]),
        "Add llama-cpp\n"
    );
    assert_ne!(linked.repo().journal(), sandbox.repo().journal());
}

#[test]
fn a_locked_index_stops_the_commit_and_nothing_changes() {
    let sandbox = sandbox();
    write_plan(&sandbox);
    let before = sandbox.exact_state();
    sandbox.write(".git/index.lock", "");
    let error = sandbox
        .commit(&PLANNED, &CommitOptions::default())
        .unwrap_err();
    assert!(
        format!("{error:#}").contains("could not write git's index"),
        "{error:#}"
    );
    fs::remove_file(sandbox.root.join(".git/index.lock")).unwrap();
    assert_eq!(sandbox.exact_state(), before);
}
