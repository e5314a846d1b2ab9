//! A copy of a repository in a temporary directory, under a git of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The copy, with one commit that holds every file.
pub struct Copy {
    home: TempDir,
}

impl Copy {
    /// Copies what `directory` holds, links as links; the history stays behind.
    pub fn of(directory: &Path) -> Copy {
        let copy = Copy {
            home: TempDir::new().unwrap(),
        };
        let mut cp = Command::new("cp");
        cp.arg("-R").arg(directory).arg(copy.root());
        assert!(cp.status().unwrap().success(), "copy {directory:?}");
        for file in std::fs::read_dir(copy.root()).unwrap().map(Result::unwrap) {
            if file.file_name() == ".git" {
                let _ = std::fs::remove_file(file.path());
                let _ = std::fs::remove_dir_all(file.path());
            }
        }
        copy.git(&["init", "--quiet", "--initial-branch=main"]);
        for (key, value) in [
            ("user.name", "A User"),
            ("user.email", "user@example.org"),
            ("core.autocrlf", "false"),
        ] {
            copy.git(&["config", key, value]);
        }
        copy.git(&["add", "--all", "--force"]);
        copy.git(&["commit", "--quiet", "--no-verify", "--message=Before"]);
        copy
    }

    /// Where it is.
    pub fn root(&self) -> PathBuf {
        self.home.path().join("source")
    }

    /// What git answers; it must succeed.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = self.run("git", arguments);
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {message}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs a program in it, in an environment without the user's own settings.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        Command::new(program)
            .args(arguments)
            .current_dir(self.root())
            .env("HOME", self.home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("LC_ALL", "C")
            .env_remove("XDG_CONFIG_HOME")
            .output()
            .unwrap_or_else(|error| panic!("run {program}: {error}"))
    }
}
