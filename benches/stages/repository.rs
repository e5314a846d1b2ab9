//! The repository that the stages work on, in a directory of its own.

use std::collections::BTreeMap;
use std::process::Command;

use nixfix::git::Repo;
use nixfix::path::RepoPath;
use nixfix::plan::FileChange;
use nixfix::tree::Tree;
use tempfile::TempDir;

use crate::synthetic;

const HOSTS: usize = 20;

/// A repository on disk, with one commit.
pub struct Repository(TempDir);

/// The flake.nix.
pub fn flake() -> RepoPath {
    RepoPath::new("flake.nix").expect("a path inside")
}

impl Repository {
    /// A fresh one.
    pub fn new() -> Repository {
        let root = tempfile::tempdir().expect("a scratch directory");
        synthetic::write(root.path(), HOSTS);
        for arguments in [
            &["init", "--quiet"][..],
            &["config", "user.name", "Bench"],
            &["config", "user.email", "bench@example.org"],
            &["config", "commit.gpgsign", "false"],
            &["add", "--all"],
            &["commit", "--quiet", "--message", "Begin"],
        ] {
            let done = Command::new("git")
                .args(arguments)
                .current_dir(root.path())
                .status();
            assert!(
                done.is_ok_and(|status| status.success()),
                "git {arguments:?} failed"
            );
        }
        Repository(root)
    }

    /// As git2 sees it.
    pub fn repo(&self) -> Repo {
        Repo::discover(self.0.path()).expect("the repository just made")
    }

    /// Its files, none of which is read yet.
    pub fn tree(&self) -> Tree {
        let files = self.repo().tracked_files().expect("an index").files;
        let root = self.0.path().to_owned();
        Tree::on_disk(
            root,
            files.into_iter().map(|file| file.path),
            BTreeMap::new(),
        )
    }

    /// Its files, all of them read.
    pub fn loaded(&self) -> Tree {
        let tree = self.tree();
        tree.nix_files().for_each(|path| drop(tree.file(path)));
        tree
    }

    /// Puts the texts in their places.
    pub fn write(&self, changes: &[FileChange]) {
        for change in changes {
            let file = self.0.path().join(change.path.as_str());
            let text = change.after.as_deref().expect("nothing is deleted here");
            let directory = file.parent().expect("a file stands in a directory");
            std::fs::create_dir_all(directory).expect("a scratch directory");
            std::fs::write(file, text).expect("a scratch directory");
        }
    }
}
