//! A git repository for one test, and the plan and the dirt that are put into it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nixfix::git::{CommitOptions, Repo};
use nixfix::path::RepoPath;
use tempfile::TempDir;

/// A repository of its own, with one commit.
pub struct Sandbox {
    pub _dir: TempDir,
    pub root: PathBuf,
}

pub fn sandbox() -> Sandbox {
    let dir = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(dir.path()).unwrap().join("repo");
    fs::create_dir(&root).unwrap();
    let sandbox = Sandbox { _dir: dir, root };
    sandbox.git(&["init", "-q", "-b", "main"]);
    for (key, value) in [
        ("user.name", "Jo Host"),
        ("user.email", "jo@example.com"),
        ("commit.gpgSign", "false"),
        ("core.autocrlf", "false"),
        ("core.hooksPath", ".git/hooks"),
    ] {
        sandbox.git(&["config", key, value]);
    }
    sandbox.write("flake.nix", "{ }\n");
    sandbox.write("hosts/a.nix", "a\n");
    sandbox.write("hosts/b.nix", "b\n");
    sandbox.write("old/overlay.nix", "old\n");
    sandbox.write(".gitignore", "*.local.nix\n");
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "start"]);
    sandbox
}

impl Sandbox {
    /// Another repository in the same state; making one anew takes a dozen runs of git.
    pub fn copy(&self) -> Sandbox {
        let dir = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(dir.path()).unwrap().join("repo");
        let copied = Command::new("cp")
            .arg("-a")
            .args([&self.root, &root])
            .status();
        assert!(copied.unwrap().success());
        Sandbox { _dir: dir, root }
    }

    pub fn run_git(&self, args: &[&str]) -> Output {
        Command::new("git")
            .args(args)
            .current_dir(&self.root)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .output()
            .unwrap()
    }

    pub fn git(&self, args: &[&str]) -> String {
        let output = self.run_git(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    pub fn hook(&self, name: &str, script: &str) {
        self.write(
            &format!(".git/hooks/{name}"),
            &format!("#!/bin/sh\n{script}\n"),
        );
        let full = self.root.join(".git/hooks").join(name);
        fs::set_permissions(full, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn repo(&self) -> Repo {
        Repo::discover(&self.root).unwrap()
    }

    pub fn commit(&self, planned: &[&str], options: &CommitOptions) -> anyhow::Result<String> {
        let done =
            self.repo()
                .commit(&paths(planned), "Add llama-cpp\n\nBody\n", options, |_| {
                    Ok(())
                })?;
        Ok(done.id.to_string())
    }

    /// All that a commit may not disturb.
    pub fn state(&self) -> [String; 5] {
        [
            self.git(&["status", "--porcelain=v1", "-uall"]),
            self.git(&["diff", "--cached"]),
            self.git(&["diff"]),
            self.git(&["log", "--format=%T %an <%ae> %cn <%ce>%n%B", "--stat=120"]),
            self.git(&["reflog", "--format=%gs"]),
        ]
    }

    /// The same with the names of commits and of HEAD.
    pub fn exact_state(&self) -> (String, String, [String; 5]) {
        (
            self.git(&["for-each-ref"]),
            self.git(&["rev-parse", "--symbolic-full-name", "HEAD"]),
            self.state(),
        )
    }

    pub fn assert_sound(&self) {
        self.git(&["fsck", "--strict", "--no-dangling"]);
    }
}

pub fn paths(list: &[&str]) -> Vec<RepoPath> {
    list.iter()
        .map(|path| RepoPath::new(path).unwrap())
        .collect()
}

pub const PLANNED: [&str; 3] = ["flake.nix", "old/overlay.nix", "profiles/cuda.nix"];

/// Modifies, deletes and creates, as `write` would.
pub fn write_plan(sandbox: &Sandbox) {
    sandbox.write("flake.nix", "{ inputs }\n");
    sandbox.write("profiles/cuda.nix", "cuda\n");
    fs::remove_dir_all(sandbox.root.join("old")).unwrap();
}

/// Dirt of every kind in files that are not planned.
pub fn add_dirt(sandbox: &Sandbox) {
    sandbox.write("hosts/a.nix", "a staged\n");
    sandbox.git(&["add", "hosts/a.nix"]);
    sandbox.write("hosts/a.nix", "a staged, then changed\n");
    sandbox.write("staged.nix", "staged\n");
    sandbox.git(&["add", "staged.nix"]);
    sandbox.write("intended.nix", "intended\n");
    sandbox.git(&["add", "-N", "intended.nix"]);
    sandbox.git(&["rm", "-q", "--cached", "hosts/b.nix"]);
    sandbox.write("untracked.nix", "untracked\n");
}

pub const INSIDE: &str = "NIXFIX_TEST_INSIDE";

/// Runs the test of this name again, in a process with this environment.
pub fn run_again(test: &str, root: &Path, environment: &[(&str, &str)]) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env(INSIDE, root)
        .env("HOME", root)
        .env("XDG_CONFIG_HOME", root)
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

pub fn again(test: &str, root: &Path, environment: &[(&str, &str)]) {
    let output = run_again(test, root, environment);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

pub fn inside() -> Option<Sandbox> {
    let root = PathBuf::from(std::env::var_os(INSIDE)?);
    let _dir = tempfile::tempdir().unwrap();
    Some(Sandbox { _dir, root })
}
