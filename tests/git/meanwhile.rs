//! Others at work in the same repository while a run is on its way: another git, a hook that does more than it should.

use std::fs;
use std::process::Command;

use nixfix::git::{CommitOptions, Repo};
use nixfix::path::RepoPath;
use nixfix::plan::FileChange;
use nixfix::write::{Steps, Transaction, Verdict, recover};

use crate::sandbox::*;

/// A commit beside `main`, for somebody to move the branch to.
fn other_commit(sandbox: &Sandbox) -> String {
    let tree = sandbox.git(&["rev-parse", "HEAD^{tree}"]);
    let made = sandbox.git(&["commit-tree", "-p", "HEAD", "-m", "theirs", tree.trim()]);
    made.trim().to_string()
}

#[test]
fn a_branch_that_somebody_moves_meanwhile_stays_where_they_put_it() {
    let sandbox = sandbox();
    add_dirt(&sandbox);
    write_plan(&sandbox);
    let theirs = other_commit(&sandbox);
    // The last moment to do so: behind the hook nothing is waited for.
    sandbox.hook(
        "commit-msg",
        &format!("git update-ref refs/heads/main {theirs}"),
    );
    let before = sandbox.git(&["ls-files", "-s"]);
    let error = sandbox
        .commit(&PLANNED, &CommitOptions::default())
        .unwrap_err();
    assert!(
        format!("{error:#}").contains("could not move `refs/heads/main`"),
        "{error:#}"
    );
    assert_eq!(sandbox.git(&["rev-parse", "main"]).trim(), theirs);
    assert_eq!(sandbox.git(&["ls-files", "-s"]), before);
    sandbox.assert_sound();
}

#[test]
fn a_branch_that_git_has_locked_is_left_alone() {
    let sandbox = sandbox();
    write_plan(&sandbox);
    let before = sandbox.exact_state();
    sandbox.write(".git/refs/heads/main.lock", "");
    let error = sandbox
        .commit(&PLANNED, &CommitOptions::default())
        .unwrap_err();
    assert!(format!("{error:#}").contains("could not move"), "{error:#}");
    fs::remove_file(sandbox.root.join(".git/refs/heads/main.lock")).unwrap();
    assert_eq!(sandbox.exact_state(), before);
}

#[test]
fn a_hook_that_stages_in_the_real_index_keeps_that_and_what_is_committed_is_the_plan() {
    let sandbox = sandbox();
    write_plan(&sandbox);
    sandbox.write("own.nix", "own\n");
    sandbox.hook("pre-commit", "env -u GIT_INDEX_FILE git add own.nix");
    sandbox.commit(&PLANNED, &CommitOptions::default()).unwrap();
    let committed = sandbox.git(&["show", "--name-only", "--format=", "HEAD"]);
    assert_eq!(committed.lines().collect::<Vec<_>>(), PLANNED);
    assert_eq!(sandbox.git(&["status", "--porcelain"]), "A  own.nix\n");
}

#[test]
fn a_recovery_that_finds_the_index_locked_is_tried_again_by_the_next_run() {
    let sandbox = sandbox();
    let before = sandbox.exact_state();
    let repo = sandbox.repo();
    let change = FileChange {
        path: RepoPath::new("flake.nix").unwrap(),
        before: Some("{ }\n".into()),
        after: Some("{ inputs }\n".into()),
    };
    let journal = repo.journal();
    let prepared = Transaction::prepare(&sandbox.root, &journal, &[change], Steps::default());
    let mut applied = prepared.unwrap().apply().unwrap();
    repo.stage(&paths(&["flake.nix"]), |rescue| {
        applied.note(&rescue.to_note())
    })
    .unwrap();
    let left = fs::read(&journal).unwrap();
    drop(applied);
    // As the kill would have left it.
    fs::write(&journal, left).unwrap();
    sandbox.write(".git/index.lock", "");
    let next = || {
        let repo = Repo::discover(&sandbox.root).unwrap();
        recover(&sandbox.root, &journal, Steps::default(), |note| {
            repo.settle(note)
        })
    };
    let error = next().unwrap_err();
    assert!(format!("{error:#}").contains("git's index"), "{error:#}");
    fs::remove_file(sandbox.root.join(".git/index.lock")).unwrap();
    assert_eq!(next().unwrap().unwrap().state, Verdict::Old);
    assert_eq!(sandbox.exact_state(), before);
}

#[test]
fn the_reflog_says_what_git_would_have_written() {
    const TEST: &str = "meanwhile::the_reflog_says_what_git_would_have_written";
    if let Some(sandbox) = inside() {
        sandbox
            .commit(&["flake.nix"], &CommitOptions::default())
            .unwrap();
        return;
    }
    let environment = [
        ("GIT_COMMITTER_NAME", "Env Committer"),
        ("GIT_COMMITTER_DATE", "1700000000 +0200"),
        ("GIT_AUTHOR_DATE", "1700000000 +0200"),
    ];
    let (ours, gits) = (sandbox(), sandbox());
    for sandbox in [&ours, &gits] {
        sandbox.write("flake.nix", "{ inputs }\n");
    }
    again(TEST, &ours.root, &environment);
    let status = Command::new("git")
        .args(["commit", "-qam", "Add llama-cpp\n\nBody\n"])
        .current_dir(&gits.root)
        .envs(environment)
        .status();
    assert!(status.unwrap().success());
    for log in ["logs/HEAD", "logs/refs/heads/main"] {
        // Behind the names of the commits, whose parents differ in their times.
        let last = |sandbox: &Sandbox| {
            let text = fs::read_to_string(sandbox.root.join(".git").join(log)).unwrap();
            let line = text.lines().last().unwrap().to_string();
            line.splitn(3, ' ').last().unwrap().to_string()
        };
        assert_eq!(last(&ours), last(&gits), "{log}");
        assert!(last(&ours).starts_with("Env Committer <jo@example.com> 1700000000 +0200\t"));
    }
}
