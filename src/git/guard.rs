//! What stands in the way of changing the planned paths. Only those are looked at: other dirt is nobody's business, and
//! asking for it would cost a walk over the whole work tree.

use std::fs;

use anyhow::{Context, Result};
use git2::{AttrCheckFlags, ErrorCode, Index, Status};

use crate::path::RepoPath;

use super::tracked::{is_assumed_unchanged, is_intent_to_add, is_skip_worktree};
use super::{Repo, git_path};

/// What is wrong with a planned path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It differs from the index.
    Modified,
    /// The index differs from HEAD.
    Staged,
    /// It is in the work tree, but git does not track it.
    Untracked,
    /// It is unmerged.
    Conflicted,
    /// It is new, and git would ignore it.
    Ignored,
    /// It lies in the submodule or nested repository of this name.
    InsideRepository(RepoPath),
    /// It lies beyond the symlink of this name, where git tracks nothing.
    BeyondSymlink(RepoPath),
    /// A sparse checkout leaves it out.
    SkipWorktree,
    /// Git was told not to look at it (`git update-index --assume-unchanged`).
    AssumeUnchanged,
    /// Git passes it through this external filter, or encoding, which nixfix cannot do.
    Filtered(String),
}

/// A planned path, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathProblem {
    /// The file.
    pub path: RepoPath,
    /// What is wrong.
    pub problem: Problem,
}

impl Problem {
    /// Whether `--allow-dirty` may overrule it: the user's own changes would be part of the commit, nothing is lost.
    pub fn is_mere_dirt(&self) -> bool {
        matches!(self, Problem::Modified | Problem::Staged)
    }
}

impl PathProblem {
    /// The problem as a sentence for the user.
    pub fn message(&self) -> String {
        let path = &self.path;
        match &self.problem {
            Problem::Modified => format!("`{path}` has changes that are not committed"),
            Problem::Staged => format!("`{path}` has staged changes that are not committed"),
            Problem::Untracked => format!("`{path}` exists, but git does not track it"),
            Problem::Conflicted => format!("`{path}` has unresolved merge conflicts"),
            Problem::Ignored => format!("`{path}` would be ignored by git, and so by the flake"),
            Problem::InsideRepository(other) => {
                format!("`{path}` belongs to another git repository, `{other}`")
            }
            Problem::BeyondSymlink(link) => format!("`{path}` lies beyond the symlink `{link}`"),
            Problem::SkipWorktree => format!("`{path}` is left out by the sparse checkout"),
            Problem::AssumeUnchanged => {
                format!("`{path}` is marked as assumed unchanged, so git hides its changes")
            }
            Problem::Filtered(filter) => {
                format!("`{path}` goes through git's `{filter}`, which nixfix cannot run")
            }
        }
    }
}

impl Repo {
    /// What is wrong with the paths to change or delete, and with those to create, in this order; at most one problem
    /// of a path, the gravest.
    ///
    /// # Errors
    /// Git cannot tell.
    pub fn guard(&self, paths: &[RepoPath], new: &[RepoPath]) -> Result<Vec<PathProblem>> {
        let index = self.index()?;
        let mut problems = Vec::new();
        let all = paths
            .iter()
            .map(|path| (path, Repo::old_problem as fn(&_, &_, &_) -> _));
        let all = all.chain(
            new.iter()
                .map(|path| (path, Repo::new_problem as fn(&_, &_, &_) -> _)),
        );
        for (path, own_problem) in all {
            let problem = match self.place_problem(&index, path) {
                Some(problem) => Some(problem),
                None => match own_problem(self, &index, path)? {
                    Some(problem) => Some(problem),
                    None => self.filter_problem(path)?,
                },
            };
            problems.extend(problem.map(|problem| PathProblem {
                path: path.clone(),
                problem,
            }));
        }
        Ok(problems)
    }

    /// Whether a directory above the path is no directory of this repository.
    fn place_problem(&self, index: &Index, path: &RepoPath) -> Option<Problem> {
        let mut directory = path.parent();
        while let Some(here) = directory.filter(|here| !here.is_root()) {
            let full = self.full(&here);
            let entry = index.get_path(git_path(&here), 0);
            if entry.is_some_and(|entry| entry.mode == 0o160_000) || full.join(".git").exists() {
                return Some(Problem::InsideRepository(here));
            }
            if fs::symlink_metadata(&full).is_ok_and(|metadata| metadata.is_symlink()) {
                return Some(Problem::BeyondSymlink(here));
            }
            directory = here.parent();
        }
        None
    }

    fn old_problem(&self, index: &Index, path: &RepoPath) -> Result<Option<Problem>> {
        if is_conflicted(index, path) {
            return Ok(Some(Problem::Conflicted));
        }
        let Some(entry) = index.get_path(git_path(path), 0) else {
            return Ok(Some(Problem::Untracked));
        };
        if entry.mode == 0o160_000 {
            return Ok(Some(Problem::InsideRepository(path.clone())));
        }
        if is_skip_worktree(&entry) {
            return Ok(Some(Problem::SkipWorktree));
        }
        if is_assumed_unchanged(&entry) {
            return Ok(Some(Problem::AssumeUnchanged));
        }
        if is_intent_to_add(&entry) {
            return Ok(Some(Problem::Staged));
        }
        let status = self.status(path)?;
        let staged = Status::INDEX_NEW
            | Status::INDEX_MODIFIED
            | Status::INDEX_DELETED
            | Status::INDEX_TYPECHANGE
            | Status::INDEX_RENAMED;
        if status.intersects(staged) {
            return Ok(Some(Problem::Staged));
        }
        Ok((!status.is_empty()).then_some(Problem::Modified))
    }

    fn new_problem(&self, index: &Index, path: &RepoPath) -> Result<Option<Problem>> {
        if is_conflicted(index, path) {
            return Ok(Some(Problem::Conflicted));
        }
        if let Some(entry) = index.get_path(git_path(path), 0) {
            let missing = if is_skip_worktree(&entry) {
                Problem::SkipWorktree
            } else {
                Problem::Modified
            };
            return Ok(Some(missing));
        }
        if fs::symlink_metadata(self.full(path)).is_ok() {
            return Ok(Some(Problem::Untracked));
        }
        // HEAD has it, the index does not: its deletion is staged.
        if self.status(path)?.contains(Status::INDEX_DELETED) {
            return Ok(Some(Problem::Staged));
        }
        let ignored = self
            .git
            .is_path_ignored(git_path(path))
            .with_context(|| format!("could not ask git whether it ignores `{path}`"))?;
        Ok(ignored.then_some(Problem::Ignored))
    }

    /// Git runs `filter` drivers and re-encodes; libgit2 knows neither, and would commit another blob than git.
    fn filter_problem(&self, path: &RepoPath) -> Result<Option<Problem>> {
        let attribute = |name: &str| -> Result<Option<String>> {
            let value = self
                .git
                .get_attr(git_path(path), name, AttrCheckFlags::FILE_THEN_INDEX)
                .with_context(|| format!("could not read the git attributes of `{path}`"))?;
            Ok(match git2::AttrValue::from_string(value) {
                git2::AttrValue::String(text) => Some(text.to_owned()),
                _ => None,
            })
        };
        if let Some(filter) = attribute("filter")? {
            let config = self.git.config().context("could not read git's config")?;
            let runs = |key: &str| config.get_string(&format!("filter.{filter}.{key}")).is_ok();
            if runs("clean") || runs("process") {
                return Ok(Some(Problem::Filtered(format!("filter={filter}"))));
            }
        }
        Ok(attribute("working-tree-encoding")?
            .filter(|encoding| !encoding.eq_ignore_ascii_case("UTF-8"))
            .map(|encoding| Problem::Filtered(format!("working-tree-encoding={encoding}"))))
    }

    fn status(&self, path: &RepoPath) -> Result<Status> {
        match self.git.status_file(git_path(path)) {
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Status::empty()),
            status => {
                status.with_context(|| format!("could not ask git for the status of `{path}`"))
            }
        }
    }
}

fn is_conflicted(index: &Index, path: &RepoPath) -> bool {
    (1..=3).any(|stage| index.get_path(git_path(path), stage).is_some())
}
