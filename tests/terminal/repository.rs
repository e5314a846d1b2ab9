//! The guide's repository of the corpus as a git repository, and the nixfix that runs in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A repository with one commit.
pub struct Repository {
    directory: TempDir,
}

impl Repository {
    /// The corpus case of this name, before.
    pub fn of_case(name: &str) -> Repository {
        let repository = Repository {
            directory: tempfile::tempdir().unwrap(),
        };
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        copy(&corpus.join(name).join("before"), &repository.root());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        for (key, value) in [
            ("user.name", "A User"),
            ("user.email", "user@example.org"),
            ("commit.gpgsign", "false"),
        ] {
            repository.git(&["config", key, value]);
        }
        repository.git(&["add", "--all"]);
        repository.git(&["commit", "--quiet", "--message=Before"]);
        repository
    }

    /// Its directory.
    pub fn root(&self) -> PathBuf {
        self.directory.path().join("repo")
    }

    /// What git answers; it must succeed.
    pub fn git(&self, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        self.isolate(&mut git);
        let output = git.args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// nixfix in the repository, away from the configuration of whoever runs the tests.
    pub fn nixfix(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nixfix"));
        self.isolate(&mut command);
        command.args(arguments);
        command
    }

    fn isolate(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.current_dir(self.root()).env_clear();
        command.env("PATH", path).env("HOME", self.directory.path());
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
