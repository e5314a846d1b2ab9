//! `Rescue`: what git's side looked like before, small enough to travel in the journal, and the way back to it.

use std::path::Path;

use anyhow::{Context, Result};
use git2::{IndexEntry, IndexTime, Oid};
use serde::{Deserialize, Serialize};

use crate::path::RepoPath;
use crate::write::Verdict;

use super::{Repo, git_path};

/// HEAD and the index entries of the planned paths, before they are touched.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rescue {
    /// The branch that HEAD names, or the commit.
    head: String,
    /// The commit that HEAD leads to; there is none before the first.
    tip: Option<String>,
    /// The branch that is created.
    branch: Option<String>,
    /// The commit that makes it final. Without one nothing but the index changes.
    commit: Option<String>,
    entries: Vec<SavedEntry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SavedEntry {
    path: String,
    /// Blob, mode and both flags; `None` where the path was not in the index.
    was: Option<(String, u32, u16, u16)>,
    /// The blob that this run puts there. Another one is the user's, and stays.
    becomes: Option<String>,
}

impl Rescue {
    /// Completes it once the entries are changed in memory, and the commit is known that makes them final.
    pub(super) fn expect(&mut self, index: &git2::Index, commit: Option<Oid>) {
        self.commit = commit.map(|commit| commit.to_string());
        for saved in &mut self.entries {
            saved.becomes = saved.now(index);
        }
    }

    /// The way back to before `earlier`, of which this one is the continuation.
    pub fn since(&self, earlier: &Rescue) -> Rescue {
        let mut whole = self.clone();
        for saved in &mut whole.entries {
            if let Some(first) = earlier
                .entries
                .iter()
                .find(|first| first.path == saved.path)
            {
                saved.was = first.was.clone();
            }
        }
        whole
    }

    /// As text for the journal.
    pub fn to_note(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers are always JSON")
    }
}

impl Repo {
    /// The present state of HEAD and of the entries of `paths`, before `index` is changed in memory.
    pub(super) fn rescue(
        &self,
        index: &git2::Index,
        paths: &[RepoPath],
        branch: Option<&str>,
    ) -> Result<Rescue> {
        let head = self
            .git
            .find_reference("HEAD")
            .context("could not read HEAD")?;
        let symbolic = head.symbolic_target().context("could not read HEAD")?;
        let tip = self
            .git
            .refname_to_id("HEAD")
            .ok()
            .map(|tip| tip.to_string());
        let saved = |path: &RepoPath| SavedEntry {
            path: path.as_str().to_owned(),
            was: index
                .get_path(git_path(path), 0)
                .map(|was| (was.id.to_string(), was.mode, was.flags, was.flags_extended)),
            becomes: None,
        };
        Ok(Rescue {
            head: symbolic
                .map(str::to_owned)
                .or_else(|| tip.clone())
                .context("HEAD leads nowhere")?,
            tip,
            branch: branch.map(str::to_owned),
            commit: None,
            entries: paths.iter().map(saved).collect(),
        })
    }

    /// Settles a run that was killed, by the note it left: its commit stands if HEAD has it; else the index entries, the
    /// branch and HEAD become what they were. To be given to [`crate::write::recover`].
    ///
    /// # Errors
    /// The note makes no sense, or git refuses.
    pub fn settle(&self, note: &str) -> Result<Verdict> {
        let rescue: Rescue =
            serde_json::from_str(note).context("the journal's note makes no sense")?;
        if let Some(commit) = &rescue.commit
            && self.is_committed(&rescue, Oid::from_str(commit)?)?
        {
            return Ok(Verdict::New);
        }
        self.restore(&rescue)?;
        Ok(Verdict::Old)
    }

    /// Whether HEAD, or the branch that was to get it, has the commit.
    fn is_committed(&self, rescue: &Rescue, commit: Oid) -> Result<bool> {
        // An object that was never written is nobody's ancestor.
        if self.git.find_commit(commit).is_err() {
            return Ok(false);
        }
        let branch = rescue
            .branch
            .as_ref()
            .map(|name| format!("refs/heads/{name}"));
        for name in [Some("HEAD"), branch.as_deref().or(Some(&rescue.head))]
            .into_iter()
            .flatten()
        {
            if let Ok(tip) = self.git.refname_to_id(name)
                && (tip == commit || self.git.graph_descendant_of(tip, commit)?)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts back the index entries, HEAD and the branch; all else stays.
    ///
    /// # Errors
    /// Git refuses, as when another git has the index locked.
    pub fn restore(&self, rescue: &Rescue) -> Result<()> {
        self.restore_head(rescue)
            .context("could not put HEAD back")?;
        let mut index = self.index()?;
        for saved in &rescue.entries {
            saved.put_back(&mut index).with_context(|| {
                format!("could not put the index entry of `{}` back", saved.path)
            })?;
        }
        self.write_index(&mut index)
    }

    fn restore_head(&self, rescue: &Rescue) -> Result<()> {
        let Some(branch) = &rescue.branch else {
            return Ok(());
        };
        let name = format!("refs/heads/{branch}");
        let head = self.git.find_reference("HEAD")?;
        if head.symbolic_target()? == Some(name.as_str()) {
            self.step()?;
            match Oid::from_str(&rescue.head) {
                Ok(commit) if !rescue.head.starts_with("refs/") => {
                    self.git.set_head_detached(commit)?;
                }
                _ => self.git.set_head(&rescue.head)?,
            }
        }
        // The branch is deleted while it is as this run created it, and only then.
        if let Ok(mut created) = self.git.find_reference(&name)
            && created.target().map(|at| at.to_string()) == rescue.tip
        {
            self.step()?;
            created.delete()?;
        }
        Ok(())
    }
}

impl SavedEntry {
    fn now(&self, index: &git2::Index) -> Option<String> {
        index
            .get_path(Path::new(&self.path), 0)
            .map(|entry| entry.id.to_string())
    }

    fn put_back(&self, index: &mut git2::Index) -> Result<()> {
        let path = Path::new(&self.path);
        if self.now(index) != self.becomes {
            return Ok(());
        }
        let Some((id, mode, flags, flags_extended)) = &self.was else {
            if index.get_path(path, 0).is_some() {
                index.remove(path, 0)?;
            }
            return Ok(());
        };
        let never = || IndexTime::new(0, 0);
        index.add(&IndexEntry {
            // No file looks like this, so git compares the content.
            ctime: never(),
            mtime: never(),
            dev: 0,
            ino: 0,
            uid: 0,
            gid: 0,
            file_size: 0,
            mode: *mode,
            id: Oid::from_str(id)?,
            flags: *flags,
            flags_extended: *flags_extended,
            path: self.path.clone().into_bytes(),
        })?;
        Ok(())
    }
}
