//! A case's repository in a temporary directory, under git, and the runs of nixfix in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Text by path, relative and with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A git repository with one commit.
pub struct Repo {
    directory: TempDir,
}

/// What a program said.
pub struct Said {
    /// Its exit code.
    pub code: i32,
    /// What it wrote to stdout.
    pub stdout: String,
    /// What it wrote to stderr.
    pub stderr: String,
}

impl Repo {
    /// A repository that holds `files`, committed.
    pub fn new(files: &Files) -> Repo {
        let repo = Repo {
            directory: TempDir::new().unwrap(),
        };
        write_files(&repo.root(), files);
        repo.git(&["init", "--quiet", "--initial-branch=main"]);
        for (key, value) in [
            ("user.name", "A User"),
            ("user.email", "user@example.org"),
            ("commit.gpgsign", "false"),
            ("core.autocrlf", "false"),
        ] {
            repo.git(&["config", key, value]);
        }
        repo.git(&["add", "--all"]);
        repo.git(&["commit", "--quiet", "--message=Before"]);
        repo
    }

    fn root(&self) -> std::path::PathBuf {
        self.directory.path().join("repo")
    }

    /// The files on disk.
    pub fn files(&self) -> Files {
        read_files(&self.root())
    }

    /// The files once git has applied the patch.
    pub fn patched(&self, patch: &str) -> Files {
        if !patch.is_empty() {
            let file = self.directory.path().join("patch");
            fs::write(&file, patch).unwrap();
            self.git(&["apply", "--index", &file.to_string_lossy()]);
        }
        self.files()
    }

    /// What git answers; it must succeed.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = self.output(Command::new("git").args(arguments));
        let said = self.said(&output);
        assert_eq!(said.code, 0, "git {arguments:?}: {}", said.stderr);
        said.stdout
    }

    /// Runs nixfix on the flake in `flake`.
    pub fn nixfix(&self, command: &[&str], flake: &str, arguments: &[String]) -> Said {
        let mut program = Command::new(env!("CARGO_BIN_EXE_nixfix"));
        program.args(command).args(arguments);
        if flake != "." {
            program.arg(flake);
        }
        let output = self.output(&mut program);
        self.said(&output)
    }

    fn output(&self, command: &mut Command) -> Output {
        command
            .current_dir(self.root())
            .env("HOME", self.directory.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("COLUMNS", "100")
            .env("LC_ALL", "C")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap_or_else(|error| panic!("run {command:?}: {error}"))
    }

    /// The temporary directory has another name each time.
    fn said(&self, output: &Output) -> Said {
        let root = self.root().to_string_lossy().into_owned();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&root, "REPO");
        let code = output.status.code().unwrap_or(-1);
        Said {
            code,
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

/// Every file below `directory`, but git's own.
pub fn read_files(directory: &Path) -> Files {
    let mut files = Files::new();
    read_below(directory, "", &mut files);
    files
}

fn read_below(directory: &Path, prefix: &str, files: &mut Files) {
    let entries = fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("read {}: {error}", directory.display()));
    for entry in entries.map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            if name != ".git" {
                read_below(&entry.path(), &format!("{prefix}{name}/"), files);
            }
        } else {
            files.insert(format!("{prefix}{name}"), fs::read(entry.path()).unwrap());
        }
    }
}

/// Writes the files below `directory`.
pub fn write_files(directory: &Path, files: &Files) {
    for (path, text) in files {
        let path = directory.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
