//! The repositories that are measured, each committed to a git repository of its own in a scratch directory.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::yardstick;

/// A repository.
pub struct Subject {
    /// What the table calls it.
    pub name: String,
    /// Its root.
    pub root: PathBuf,
    /// A file with the tracked `.nix` files, one a line.
    pub list: PathBuf,
    /// The size of these files together, in bytes.
    pub bytes: u64,
}

impl Subject {
    /// The files in `root`, committed.
    pub fn commit(name: &str, root: PathBuf) -> Subject {
        git(&root, &["init", "--quiet", "--initial-branch=main"]);
        git(&root, &["config", "user.name", "Bench"]);
        git(&root, &["config", "user.email", "bench@example.org"]);
        git(&root, &["config", "commit.gpgsign", "false"]);
        // Packing in the background would be measured along with whatever runs meanwhile.
        git(&root, &["config", "gc.auto", "0"]);
        git(&root, &["add", "--all", "--force"]);
        git(
            &root,
            &["commit", "--quiet", "--no-verify", "--message", "Begin"],
        );
        Subject::committed(name, root)
    }

    fn committed(name: &str, root: PathBuf) -> Subject {
        let is_regular = |path: &String| {
            std::fs::symlink_metadata(root.join(path)).is_ok_and(|file| file.is_file())
        };
        let nix: Vec<String> = yardstick::tracked(&root)
            .into_iter()
            .filter(|path| path.ends_with(".nix") && is_regular(path))
            .collect();
        let size = |path: &String| std::fs::metadata(root.join(path)).map_or(0, |file| file.len());
        let list = root.join(".git/nix-files");
        std::fs::write(&list, nix.join("\n")).expect("a file in the git directory");
        Subject {
            name: name.to_string(),
            bytes: nix.iter().map(size).sum(),
            root,
            list,
        }
    }

    /// A copy in which nothing is pending any more, as far as its hosts can be migrated.
    pub fn migrated(&self, nixfix: &Path) -> Subject {
        let root = self.root.with_extension("migrated");
        copy(&self.root, &root);
        let applied = Command::new(nixfix)
            .args(["apply", "--keep-going", "--no-lock"])
            .current_dir(&root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        applied.expect("nixfix");
        // A fresh index, as git has it after it was last looked at.
        git(&root, &["status", "--porcelain"]);
        Subject::committed(&self.name, root)
    }
}

/// The directories in `folder`, copied to `scratch` and committed.
pub fn real(folder: &Path, scratch: &Path) -> Vec<Subject> {
    let entries = std::fs::read_dir(folder).expect("NIXFIX_BENCH_REPOS names a directory");
    // Of a link, what it leads to is copied: the copy is changed.
    let real = |entry: std::fs::DirEntry| entry.path().canonicalize().ok();
    let mut sources: Vec<PathBuf> = entries.flatten().filter_map(real).collect();
    sources.retain(|source| source.join("flake.nix").exists());
    sources.sort();
    let subject = |source: &PathBuf| {
        let name = source
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let root = scratch.join(&name);
        copy(source, &root);
        let _ = std::fs::remove_dir_all(root.join(".git"));
        Subject::commit(&name, root)
    };
    sources.iter().map(subject).collect()
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from).arg(to).status();
    assert!(
        copied.is_ok_and(|status| status.success()),
        "could not copy {}",
        from.display()
    );
}

fn git(root: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(root)
        .stdout(Stdio::null())
        .status();
    assert!(
        done.is_ok_and(|status| status.success()),
        "git {arguments:?} failed in {}",
        root.display()
    );
}
