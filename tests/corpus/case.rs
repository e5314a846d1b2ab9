//! A case: a folder of `corpus/` as data. Reads and blesses; runs nothing.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::repo::{Files, read_files, write_files};

/// A small configuration repository, and what nixfix makes of it.
pub struct Case {
    /// The folder's name.
    pub name: String,
    /// What `case.toml` says.
    pub spec: Spec,
    /// The repository as the user has it.
    pub before: Files,
    /// The repository after `apply`; none where nothing changes.
    pub after: Option<Files>,
    /// The dry run's stdout and stderr.
    pub output: String,
    directory: PathBuf,
}

/// `case.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Why the case exists, in a sentence.
    pub reason: String,
    /// Flags for `apply` and `check`.
    #[serde(default)]
    pub args: Vec<String>,
    /// The recipe of `recipes/` to follow, by its name; without, the built-in one.
    pub recipe: Option<String>,
    /// The exit code of `apply`: 0, or 2 where it refuses.
    #[serde(default)]
    pub exit: i32,
    /// The flake's directory.
    #[serde(default = "root")]
    pub flake: String,
    /// The hosts that cannot be migrated and are left alone: for the real Nix, which judges the others.
    #[serde(default)]
    #[expect(dead_code, reason = "for `tests/real_nix.rs`")]
    left: Vec<String>,
    /// What hosts gain by another recipe than the built-in one: for the real Nix as well.
    #[serde(default)]
    #[expect(dead_code, reason = "for `tests/real_nix.rs`")]
    gains: toml::Table,
}

fn root() -> String {
    ".".to_string()
}

impl Case {
    /// Every case whose name holds `part`, by name.
    pub fn all(part: &str) -> Vec<Case> {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut directories: Vec<PathBuf> = fs::read_dir(&corpus)
            .unwrap_or_else(|error| panic!("read {}: {error}", corpus.display()))
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir() && path.to_string_lossy().contains(part))
            .collect();
        directories.sort();
        directories.into_iter().map(Case::read).collect()
    }

    fn read(directory: PathBuf) -> Case {
        let toml = directory.join("case.toml");
        let text = fs::read_to_string(&toml)
            .unwrap_or_else(|error| panic!("read {}: {error}", toml.display()));
        let spec: Spec =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", toml.display()));
        assert!(!spec.reason.is_empty(), "{}: no reason", toml.display());
        let mut spec = spec;
        if let Some(recipe) = &spec.recipe {
            let recipes = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes");
            let file = recipes.join(format!("{recipe}.toml"));
            let file = file.to_str().unwrap().to_string();
            spec.args.extend(["--recipe".to_string(), file]);
        }
        let after = directory.join("after");
        Case {
            name: directory
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned(),
            spec,
            before: read_files(&directory.join("before")),
            after: after.is_dir().then(|| read_files(&after)),
            output: fs::read_to_string(directory.join("output.txt")).unwrap_or_default(),
            directory,
        }
    }

    /// Writes what came out as what is expected.
    pub fn bless(&self, output: &str, after: &Files) {
        let directory = self.directory.join("after");
        if directory.is_dir() {
            fs::remove_dir_all(&directory).unwrap();
        }
        if *after != self.before {
            write_files(&directory, after);
        }
        fs::write(self.directory.join("output.txt"), output).unwrap();
    }
}
