//! The commit: HEAD's tree with the planned paths replaced, as `git commit --only` makes it. What else is staged stays
//! staged, and is no part of it.

use std::fmt;

use anyhow::{Context, Result, bail};
use git2::{Branch, Commit, Index, Oid, Signature, Tree};

use crate::path::RepoPath;

use super::identity::Identity;
use super::rescue::Rescue;
use super::{Head, Repo, Sign, git_path};

/// The name of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitId(String);

impl CommitId {
    /// Its first characters, as git abbreviates it by default in a small repository.
    pub fn short(&self) -> &str {
        &self.0[..7]
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How to commit.
#[derive(Debug, Clone, Default)]
pub struct CommitOptions {
    /// Commit on a new branch of this name, and stay there.
    pub branch: Option<String>,
    /// Whether to sign.
    pub sign: Sign,
}

/// A commit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Its name.
    pub id: CommitId,
    /// What went wrong when it was made already, as in the post-commit hook.
    pub warning: Option<String>,
}

impl Repo {
    /// Commits what the work tree has at `paths`, and nothing else. The repository's hooks run as in `git commit`.
    ///
    /// `seal` gets the way back, commit included, when all is prepared and before anything is changed; it is for the
    /// journal.
    ///
    /// # Errors
    /// A merge under way, no commit yet, an unknown identity, an existing branch, a hook or a signer that fails, `seal`
    /// failing, or git refusing. Index, HEAD and branches are as before.
    pub fn commit(
        &self,
        paths: &[RepoPath],
        message: &str,
        options: &CommitOptions,
        seal: impl FnOnce(&Rescue) -> Result<()>,
    ) -> Result<Committed> {
        self.require_ready()?;
        if let Some(branch) = &options.branch {
            self.require_new_branch(branch)?;
        }
        let identity = self.identity()?;
        let id = self.forgetting_on_error(|| {
            let mut index = self.index()?;
            let mut rescue = self.rescue(&index, paths, options.branch.as_deref())?;
            self.stage_in(&mut index, paths)?;
            let parent = self.tip()?;
            let draft = self.draft(&parent, &index, paths)?;
            let message = self.run_commit_hooks(&mut index, paths, &draft, message)?;
            let id = self.create(&identity, &message, &draft.tree, &parent, options.sign)?;
            self.sync_objects(id, &parent)?;
            rescue.expect(&index, Some(id));
            seal(&rescue)?;
            self.write_index(&mut index)?;
            self.publish(id, &parent, &identity, &message, options)
                .map_err(|error| match self.restore(&rescue) {
                    Ok(()) => error,
                    Err(second) => error.context(format!(
                        "{}; and before that",
                        crate::message::message(&second)
                    )),
                })?;
            Ok(id)
        })?;
        // The commit stands from here on: no failure may take it back.
        let unsynced = self.sync_references().err();
        let warnings = unsynced
            .map(|error| crate::message::message(&error))
            .into_iter();
        let warnings: Vec<String> = warnings.chain(self.run_post_commit()).collect();
        Ok(Committed {
            id: CommitId(id.to_string()),
            warning: (!warnings.is_empty()).then(|| warnings.join("; ")),
        })
    }

    fn require_new_branch(&self, branch: &str) -> Result<()> {
        if !Branch::name_is_valid(branch)? {
            bail!("`{branch}` is no valid name for a branch");
        }
        if self
            .git
            .find_reference(&format!("refs/heads/{branch}"))
            .is_ok()
        {
            bail!("the branch `{branch}` exists already");
        }
        Ok(())
    }

    fn tip(&self) -> Result<Commit<'_>> {
        let tip = || self.git.head()?.peel_to_commit();
        tip().context("could not read the commit at HEAD")
    }

    /// HEAD's tree with the entries of `paths` as `index` has them.
    fn draft(&self, parent: &Commit<'_>, index: &Index, paths: &[RepoPath]) -> Result<Draft<'_>> {
        let build = || -> Result<Draft<'_>, git2::Error> {
            let mut only = Index::new()?;
            only.read_tree(&parent.tree()?)?;
            for path in paths {
                match index.get_path(git_path(path), 0) {
                    Some(entry) => only.add(&entry)?,
                    None => only.remove_path(git_path(path))?,
                }
            }
            let tree = self.git.find_tree(only.write_tree_to(&self.git)?)?;
            Ok(Draft { only, tree })
        };
        let draft = build().context("could not build the tree to commit")?;
        if draft.tree.id() == parent.tree_id() {
            bail!("there is nothing to commit");
        }
        Ok(draft)
    }

    fn create(
        &self,
        identity: &Identity,
        message: &str,
        tree: &Tree<'_>,
        parent: &Commit<'_>,
        sign: Sign,
    ) -> Result<Oid> {
        let Identity { author, committer } = identity;
        let Some(signer) = self.signer(sign, committer)? else {
            return self
                .git
                .commit(None, author, committer, message, tree, &[parent])
                .context("could not create the commit");
        };
        let text = self
            .git
            .commit_create_buffer(author, committer, message, tree, &[parent])
            .context("could not create the commit")?;
        let text = text.as_str().context("could not create the commit")?;
        let signature = signer.sign(text).context("could not sign the commit")?;
        self.git
            .commit_signed(text, &signature, None)
            .context("could not create the signed commit")
    }

    /// Makes the commit the tip of the branch, or of the new one.
    fn publish(
        &self,
        id: Oid,
        parent: &Commit<'_>,
        identity: &Identity,
        message: &str,
        options: &CommitOptions,
    ) -> Result<()> {
        if let Some(branch) = &options.branch {
            let name = format!("refs/heads/{branch}");
            self.step()?;
            self.git
                .reference(&name, parent.id(), false, "branch: Created from HEAD")
                .with_context(|| format!("could not create the branch `{branch}`"))?;
            self.step()?;
            self.git
                .set_head(&name)
                .with_context(|| format!("could not switch to the branch `{branch}`"))?;
        }
        let name = match self.head()? {
            Head::Branch(branch) => format!("refs/heads/{branch}"),
            _ => "HEAD".to_owned(),
        };
        let subject = message.lines().next().unwrap_or_default();
        let log = format!("commit: {subject}");
        self.advance(&name, [parent.id(), id], &identity.committer, &log)
            .with_context(|| format!("could not move `{name}` to the commit"))
    }

    /// Moves a reference from one commit to the next, under git's own lock.
    fn advance(
        &self,
        name: &str,
        [from, to]: [Oid; 2],
        committer: &Signature<'_>,
        log: &str,
    ) -> Result<()> {
        self.step()?;
        let mut transaction = self.git.transaction()?;
        transaction.lock_ref(name)?;
        if self.git.refname_to_id(name)? != from {
            bail!("somebody else moved it meanwhile");
        }
        transaction.set_target(name, to, Some(committer), log)?;
        Ok(transaction.commit()?)
    }
}

/// A commit in the making.
pub(super) struct Draft<'repo> {
    /// The index that has exactly its tree.
    pub only: Index,
    pub tree: Tree<'repo>,
}
