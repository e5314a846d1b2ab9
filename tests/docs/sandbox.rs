//! A repository to run commands in, away from the user's own files and settings.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::pty::{Pty, without_progress};
use crate::root;

/// The terminal is as wide as a block may be, and no output is too long for it.
const COLUMNS: u16 = 100;
const ROWS: u16 = 10_000;

/// A git repository with one commit, where `nixfix` is on the path.
pub struct Sandbox {
    directory: TempDir,
}

/// What a command did.
pub struct Ran {
    /// Its exit code.
    pub code: i32,
    /// What it printed.
    pub output: String,
}

impl Sandbox {
    /// The repository of a corpus case; for `.`, what nixfix sees in a clone of its own repository.
    pub fn new(case: &str) -> Sandbox {
        let sandbox = Sandbox {
            directory: TempDir::new().unwrap(),
        };
        match case {
            "." => ["corpus", "tests"]
                .iter()
                .for_each(|part| copy(&root().join(part), &sandbox.root().join(part))),
            case => copy(
                &root().join("corpus").join(case).join("before"),
                &sandbox.root(),
            ),
        }
        let recipes = sandbox.directory.path().join("recipes");
        copy(&root().join("recipes"), &recipes);
        fs::create_dir(sandbox.programs()).unwrap();
        symlink(
            env!("CARGO_BIN_EXE_nixfix"),
            sandbox.programs().join("nixfix"),
        )
        .unwrap();
        let set_up = "git init --quiet --initial-branch=main && git config user.name 'A User' \
            && git config user.email user@example.org && git config core.autocrlf false \
            && git add --all && git commit --quiet --message=Before";
        let ran = sandbox.run(&format!("{{ {set_up}; }} 2>&1"));
        assert_eq!(ran.code, 0, "{}", ran.output);
        sandbox
    }

    fn root(&self) -> PathBuf {
        self.directory.path().join("nixos")
    }

    fn programs(&self) -> PathBuf {
        self.directory.path().join("bin")
    }

    /// Writes a file.
    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.root().join(file), text).unwrap();
    }

    /// Runs a line of the shell on a terminal; `cargo run --` stands for the program that was built.
    pub fn run(&self, line: &str) -> Ran {
        let mut path = self.programs().into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let line = line.replace("cargo run -- ", "nixfix ");
        let mut shell = Command::new("sh");
        // Nobody answers: what asks has no terminal to ask on.
        shell
            .args(["-c", &format!("exec </dev/null; {line}")])
            .current_dir(self.root())
            .env("PATH", path)
            .env("HOME", self.directory.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_PAGER", "cat")
            .env("LC_ALL", "C")
            .env("TERM", "xterm")
            .env("NO_COLOR", "1")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE");
        let (code, screen) = Pty::start(shell, COLUMNS, ROWS).finish();
        let directory = self.root().display().to_string();
        Ran {
            code,
            output: without_progress(&screen).replace(&directory, "/home/you/nixos"),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in
        fs::read_dir(from).unwrap_or_else(|error| panic!("read {}: {error}", from.display()))
    {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
