//! Finding the repository, and what state it is in.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use nixfix::git::{CommitOptions, DiscoverError, FileKind, Head, Repo};

use crate::sandbox::*;

#[test]
fn refuses_by_name_while_git_is_in_the_middle_of_something() {
    let cases: [(&str, &[&[&str]]); 5] = [
        ("a merge", &[&["merge", "--no-commit", "side"]]),
        ("a cherry-pick", &[&["cherry-pick", "side"]]),
        ("a revert", &[&["revert", "HEAD~1"]]),
        ("a rebase", &[&["rebase", "side"]]),
        ("a bisect", &[&["bisect", "start"]]),
    ];
    for (what, commands) in cases {
        let sandbox = sandbox();
        for (branch, text) in [("side", "side\n"), ("main", "one\n"), ("main", "two\n")] {
            sandbox.git(&[
                "checkout",
                "-q",
                "-B",
                branch,
                if branch == "side" { "main" } else { branch },
            ]);
            sandbox.write("hosts/a.nix", text);
            sandbox.git(&["commit", "-qam", text]);
        }
        for command in commands {
            sandbox.run_git(command);
        }
        assert_eq!(sandbox.repo().in_progress(), Some(what));
        sandbox.write("flake.nix", "{ inputs }\n");
        let error = sandbox
            .commit(&["flake.nix"], &CommitOptions::default())
            .unwrap_err();
        assert!(error.to_string().contains(what), "{error:#}");
    }
}

#[test]
fn refuses_a_repository_without_a_commit() {
    let sandbox = sandbox();
    sandbox.git(&["checkout", "-q", "--orphan", "empty"]);
    assert_eq!(sandbox.repo().head().unwrap(), Head::Unborn);
    let error = sandbox
        .commit(&["flake.nix"], &CommitOptions::default())
        .unwrap_err();
    assert!(error.to_string().contains("no commit yet"), "{error:#}");
}

#[test]
fn finds_the_root_from_a_subdirectory_and_tells_what_is_no_work_tree() {
    let sandbox = sandbox();
    let repo = Repo::discover(&sandbox.root.join("hosts")).unwrap();
    assert_eq!(fs::canonicalize(repo.root()).unwrap(), sandbox.root);
    let outside = Repo::discover(sandbox.root.parent().unwrap());
    assert!(matches!(outside, Err(DiscoverError::NotFound(_))));
    sandbox.git(&["clone", "-q", "--bare", ".", "../bare"]);
    let bare = Repo::discover(&sandbox.root.with_file_name("bare"));
    assert!(matches!(bare, Err(DiscoverError::Bare(_))));
}

#[test]
fn tracked_files_are_those_of_the_index() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = sandbox();
    sandbox.write("run.sh", "");
    fs::set_permissions(
        sandbox.root.join("run.sh"),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    symlink("hosts/a.nix", sandbox.root.join("link.nix")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"odd-\xff.nix");
    fs::write(sandbox.root.join(odd), "").unwrap();
    sandbox.git(&["add", "."]);
    sandbox.write("intended.nix", "");
    sandbox.git(&["add", "-N", "intended.nix"]);
    sandbox.git(&["update-index", "--skip-worktree", "hosts/b.nix"]);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let link = format!("160000,{},module", head.trim());
    sandbox.git(&["update-index", "--add", "--cacheinfo", &link]);
    sandbox.write("untracked.nix", "");
    let tracked = sandbox.repo().tracked_files().unwrap();
    let shown: Vec<String> = tracked
        .files
        .iter()
        .map(|file| {
            let kind = match file.kind {
                FileKind::Regular => "",
                FileKind::Executable => " executable",
                FileKind::Symlink => " symlink",
                FileKind::Submodule => " submodule",
            };
            let intent = if file.intent_to_add { " intended" } else { "" };
            let skip = if file.skip_worktree { " skipped" } else { "" };
            format!("{}{kind}{intent}{skip}", file.path)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ".gitignore",
            "flake.nix",
            "hosts/a.nix",
            "hosts/b.nix skipped",
            "intended.nix intended",
            "link.nix symlink",
            "module submodule",
            "old/overlay.nix",
            "run.sh executable",
        ]
    );
    assert_eq!(tracked.unreadable, ["odd-\u{fffd}.nix"]);
}

#[test]
fn git_dir_and_the_index_of_the_environment_are_honoured() {
    if let Some(sandbox) = inside() {
        let repo = Repo::discover(&sandbox.root.join("hosts")).unwrap();
        let tracked = repo.tracked_files().unwrap();
        assert_eq!(tracked.files.len(), 1);
        assert_eq!(tracked.files[0].path.as_str(), "only.nix");
        return;
    }
    let sandbox = sandbox();
    let other = sandbox.root.join(".git/other-index");
    let blob = sandbox.git(&["hash-object", "-w", "flake.nix"]);
    let status = Command::new("git")
        .args(["update-index", "--add", "--cacheinfo"])
        .arg(format!("100644,{},only.nix", blob.trim()))
        .current_dir(&sandbox.root)
        .env("GIT_INDEX_FILE", &other)
        .status();
    assert!(status.unwrap().success());
    let git_dir = sandbox.root.join(".git");
    let environment = [
        ("GIT_DIR", git_dir.to_str().unwrap()),
        ("GIT_INDEX_FILE", other.to_str().unwrap()),
    ];
    again(
        "repository::git_dir_and_the_index_of_the_environment_are_honoured",
        &sandbox.root,
        &environment,
    );
}
