//! What the guard names, and what it leaves alone.

use std::fs;
use std::os::unix::fs::symlink;

use nixfix::git::Problem;
use nixfix::path::RepoPath;

use crate::sandbox::*;

/// The problems of the one path, planned as changed or as new.
fn guard(sandbox: &Sandbox, old: &[&str], new: &[&str]) -> Vec<Problem> {
    let problems = sandbox.repo().guard(&paths(old), &paths(new)).unwrap();
    problems
        .into_iter()
        .map(|problem| problem.problem)
        .collect()
}

#[test]
fn the_guard_is_silent_about_clean_paths_whatever_else_is_dirty() {
    let sandbox = sandbox();
    add_dirt(&sandbox);
    let problems = guard(
        &sandbox,
        &["flake.nix", "old/overlay.nix"],
        &["profiles/cuda.nix"],
    );
    assert_eq!(problems, []);
}

#[test]
fn the_guard_names_what_is_wrong_with_a_path_to_change() {
    let sandbox = sandbox();
    add_dirt(&sandbox);
    sandbox.write("flake.nix", "mine\n");
    sandbox.write("skipped.nix", "");
    sandbox.write("assumed.nix", "");
    sandbox.write("nested/flake.nix", "");
    sandbox.git(&["add", "skipped.nix", "assumed.nix", "nested"]);
    sandbox.git(&["commit", "-qm", "more", "skipped.nix", "assumed.nix"]);
    sandbox.git(&["update-index", "--skip-worktree", "skipped.nix"]);
    sandbox.git(&["update-index", "--assume-unchanged", "assumed.nix"]);
    symlink("hosts", sandbox.root.join("alias")).unwrap();
    sandbox.git(&["init", "-q", "inner"]);
    let inner = RepoPath::new("inner").unwrap();
    let alias = RepoPath::new("alias").unwrap();
    let cases = [
        ("flake.nix", Problem::Modified),
        ("hosts/a.nix", Problem::Staged),
        ("staged.nix", Problem::Staged),
        ("intended.nix", Problem::Staged),
        ("hosts/b.nix", Problem::Untracked),
        ("untracked.nix", Problem::Untracked),
        ("skipped.nix", Problem::SkipWorktree),
        ("assumed.nix", Problem::AssumeUnchanged),
        ("alias/a.nix", Problem::BeyondSymlink(alias)),
        ("inner/a.nix", Problem::InsideRepository(inner)),
    ];
    for (path, problem) in cases {
        assert_eq!(guard(&sandbox, &[path], &[]), [problem], "{path}");
    }
}

#[test]
fn the_guard_names_what_is_wrong_with_a_new_path() {
    let sandbox = sandbox();
    sandbox.write("untracked.nix", "");
    sandbox.git(&["rm", "-q", "hosts/b.nix"]);
    fs::remove_file(sandbox.root.join("hosts/a.nix")).unwrap();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let link = format!("160000,{},module", head.trim());
    sandbox.git(&["update-index", "--add", "--cacheinfo", &link]);
    let module = RepoPath::new("module").unwrap();
    let cases = [
        ("untracked.nix", Problem::Untracked),
        ("hosts/a.nix", Problem::Modified),
        ("hosts/b.nix", Problem::Staged),
        ("cuda.local.nix", Problem::Ignored),
        ("module/new.nix", Problem::InsideRepository(module)),
    ];
    for (path, problem) in cases {
        assert_eq!(guard(&sandbox, &[], &[path]), [problem], "{path}");
    }
}

#[test]
fn the_guard_sees_conflicts_and_filters_that_only_git_can_run() {
    let sandbox = sandbox();
    sandbox.git(&["checkout", "-qb", "side"]);
    sandbox.write("hosts/a.nix", "side\n");
    sandbox.git(&["commit", "-qam", "side"]);
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.write("hosts/a.nix", "main\n");
    sandbox.git(&["commit", "-qam", "main"]);
    sandbox.run_git(&["merge", "side"]);
    assert_eq!(
        guard(&sandbox, &["hosts/a.nix"], &[]),
        [Problem::Conflicted]
    );
    sandbox.write(
        ".git/info/attributes",
        "flake.nix filter=crypt\nold/* filter=unknown\nnew.nix working-tree-encoding=UTF-16\n",
    );
    sandbox.git(&["config", "filter.crypt.clean", "cat"]);
    let filtered = |what: &str| Problem::Filtered(what.into());
    assert_eq!(
        guard(&sandbox, &["flake.nix", "old/overlay.nix"], &["new.nix"]),
        [
            filtered("filter=crypt"),
            filtered("working-tree-encoding=UTF-16")
        ]
    );
}
