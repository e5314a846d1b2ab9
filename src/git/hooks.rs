//! The repository's own hooks, run as `git commit --only` runs them: in the root of the work tree, on an index of their
//! own that holds exactly the commit to be made.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use git2::{ConfigLevel, ErrorCode, Index};

use crate::message::message;
use crate::path::RepoPath;

use super::commit::Draft;
use super::{Repo, git_path};

impl Repo {
    /// Hooks of this repository that git would run and nixfix does not.
    pub fn unsupported_hooks(&self) -> Vec<String> {
        ["reference-transaction", "post-index-change"]
            .into_iter()
            .filter(|name| matches!(self.hook(name), Ok(Some(_))))
            .map(str::to_owned)
            .collect()
    }

    /// Runs what comes before a commit, and returns its message as the hooks left it.
    ///
    /// What is committed was proven; a hook that changes it is told to the user instead of committed.
    pub(super) fn run_commit_hooks(
        &self,
        index: &mut Index,
        paths: &[RepoPath],
        draft: &Draft<'_>,
        message: &str,
    ) -> Result<String> {
        let message = prettify(message)?;
        let names = ["pre-commit", "prepare-commit-msg", "commit-msg"];
        let mut hooks = Vec::new();
        for name in names {
            hooks.extend(self.hook(name)?.map(|hook| (name, hook)));
        }
        if hooks.is_empty() {
            return Ok(message);
        }
        let own = tempfile::Builder::new()
            .prefix("nixfix-index-")
            .tempdir_in(self.git.path())
            .context("could not create an index for the hooks")?;
        let index_file = own.path().join("index");
        let mut hook_index = hook_index(&index_file, index, &draft.only)
            .context("could not write an index for the hooks")?;
        let message_file = self.git.path().join("COMMIT_EDITMSG");
        fs::write(&message_file, &message)
            .with_context(|| format!("could not write `{}`", message_file.display()))?;
        for (name, hook) in hooks {
            let mut command = self.hook_command(&hook);
            command.env("GIT_INDEX_FILE", &index_file);
            match name {
                "prepare-commit-msg" => drop(command.arg(&message_file).arg("message")),
                "commit-msg" => drop(command.arg(&message_file)),
                _ => {}
            }
            run(command, name)?;
        }
        self.require_same_tree(&mut hook_index, draft)?;
        self.require_same_files(index, paths, draft)?;
        let message = fs::read_to_string(&message_file)
            .with_context(|| format!("could not read `{}`", message_file.display()))?;
        prettify(&message)
    }

    /// Runs the post-commit hook, and says what went wrong in it.
    pub(super) fn run_post_commit(&self) -> Option<String> {
        let hook = self.hook("post-commit").ok()??;
        let result = run(self.hook_command(&hook), "post-commit");
        result.err().map(|error| message(&error))
    }

    /// The hook of this name, if git would run it.
    fn hook(&self, name: &str) -> Result<Option<PathBuf>> {
        let hook = self.hooks_directory()?.join(name);
        let runs = fs::metadata(&hook)
            .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0);
        Ok(runs.then_some(hook))
    }

    fn hooks_directory(&self) -> Result<PathBuf> {
        let config = self.git.config().context("could not read git's config")?;
        match config.get_path("core.hooksPath") {
            Ok(path) => Ok(self.root.join(path)),
            Err(error) if error.code() == ErrorCode::NotFound => {
                Ok(self.git.commondir().join("hooks"))
            }
            Err(error) => Err(error).context("could not read `core.hooksPath`"),
        }
    }

    /// Where git looks for the hooks of this repository.
    ///
    /// # Errors
    /// They are those of the user's other repositories as well.
    pub fn own_hooks(&self) -> Result<PathBuf> {
        let directory = self.hooks_directory()?;
        let config = self.git.config().context("could not read git's config")?;
        let own = [ConfigLevel::Local, ConfigLevel::Worktree];
        match config.get_entry("core.hooksPath") {
            Ok(entry) if !own.contains(&entry.level()) => bail!(
                "`core.hooksPath` makes `{}` the hooks of all your repositories; \
                 a hook for this one alone needs `git config --local core.hooksPath DIR`",
                directory.display()
            ),
            _ => Ok(directory),
        }
    }

    fn hook_command(&self, hook: &Path) -> Command {
        let mut command = Command::new(hook);
        command
            .current_dir(&self.root)
            .env("GIT_EDITOR", ":")
            .env("GIT_PREFIX", "")
            .env(crate::git::RUNNING, self.journal())
            .stdin(Stdio::null())
            // What a hook says goes where git would send it.
            .stdout(io::stderr());
        if self.git.is_worktree() {
            command.env("GIT_DIR", self.git.path());
        }
        command
    }

    fn require_same_tree(&self, hook_index: &mut Index, draft: &Draft<'_>) -> Result<()> {
        let read = |index: &mut Index| -> Result<_, git2::Error> {
            index.read(true)?;
            let tree = self.git.find_tree(index.write_tree_to(&self.git)?)?;
            self.git
                .diff_tree_to_tree(Some(&draft.tree), Some(&tree), None)
        };
        let diff = read(hook_index).context("could not read what the hooks left staged")?;
        let changed = diff.deltas().next();
        match changed.and_then(|delta| delta.new_file().path().map(Path::to_owned)) {
            Some(path) => bail!(
                "a commit hook staged a change of `{}`, which nixfix has not proven; \
                 write with `--no-commit` and commit yourself",
                path.display()
            ),
            None => Ok(()),
        }
    }

    /// Stages again, from the index and the files as the hooks left them.
    fn require_same_files(
        &self,
        index: &mut Index,
        paths: &[RepoPath],
        draft: &Draft<'_>,
    ) -> Result<()> {
        index.read(true).context("could not read git's index")?;
        self.stage_in(index, paths)?;
        for path in paths {
            let blob = |index: &Index| index.get_path(git_path(path), 0).map(|entry| entry.id);
            if blob(index) != blob(&draft.only) {
                bail!(
                    "a commit hook changed `{path}`, which nixfix has not proven; \
                     write with `--no-commit` and commit yourself"
                );
            }
        }
        Ok(())
    }
}

/// `only` as a file, with what `index` knows of the work tree, so that a hook sees no unchanged file as changed.
fn hook_index(path: &Path, index: &Index, only: &Index) -> Result<Index, git2::Error> {
    let mut file = Index::open(path)?;
    for entry in only.iter() {
        let known = index.get_path(&bytes_to_path(&entry.path), 0);
        let known = known.filter(|known| known.id == entry.id && known.mode == entry.mode);
        file.add(&known.unwrap_or(entry))?;
    }
    file.write()?;
    Ok(file)
}

fn bytes_to_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// As git cleans a message up that was given by `-m`.
fn prettify(message: &str) -> Result<String> {
    let message =
        git2::message_prettify(message, None).context("the commit message cannot be used")?;
    if message.is_empty() {
        bail!("the commit message is empty");
    }
    Ok(message)
}

fn run(mut command: Command, name: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("could not run the {name} hook"))?;
    if !status.success() {
        bail!("the {name} hook refused the commit ({status})");
    }
    Ok(())
}
