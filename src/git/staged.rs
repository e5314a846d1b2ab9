//! What is staged: the files of the commit that git would make now, read from the index and the object database. The
//! work tree has no say in it.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use anyhow::{Context, Result, bail};
use git2::{Index, Oid, Repository};

use crate::path::RepoPath;
use crate::tree::{Texts, Tree, Version, link_target};

use super::Repo;
use super::tracked::{FileKind, is_intent_to_add, kind_of, readable_path};

impl Repo {
    /// The tree of the commit to be made. Neither the index nor what git remembers about the work tree is written.
    ///
    /// # Errors
    /// The index cannot be read, or has conflicts, so that git would make no commit.
    pub fn staged_tree(&self) -> Result<Tree> {
        let index = self.index()?;
        require_merged(&index)?;
        let mut blobs = BTreeMap::new();
        let mut links = BTreeMap::new();
        // `git commit` leaves out what is only intended to be added.
        for entry in index.iter().filter(|entry| !is_intent_to_add(entry)) {
            let Some(path) = readable_path(&entry) else {
                continue;
            };
            match kind_of(&entry) {
                FileKind::Submodule => {}
                FileKind::Symlink => drop(links.insert(path, entry.id)),
                FileKind::Regular | FileKind::Executable => drop(blobs.insert(path, entry.id)),
            }
        }
        let files: Vec<RepoPath> = blobs.keys().chain(links.keys()).cloned().collect();
        let texts = Staged {
            git: self.git.clone(),
            blobs,
        };
        let links = links
            .into_iter()
            .filter_map(|(link, blob)| {
                let target = String::from_utf8(texts.blob(blob).ok()?).ok()?;
                Some((link.clone(), link_target(&link, &target)?))
            })
            .collect();
        Ok(Tree::of_texts(Rc::new(texts), files, links))
    }
}

fn require_merged(index: &Index) -> Result<()> {
    if !index.has_conflicts() {
        return Ok(());
    }
    let mut conflicts = index.conflicts().context("could not read git's index")?;
    let sides = conflicts.next().transpose()?.into_iter();
    let mut sides = sides.flat_map(|one| [one.our, one.their, one.ancestor]);
    match sides.find_map(|side| readable_path(&side?)) {
        Some(path) => bail!("`{path}` has unresolved merge conflicts"),
        None => bail!("the index has unresolved merge conflicts"),
    }
}

/// The blobs in the index.
struct Staged {
    git: Rc<Repository>,
    /// Those of files; the text of a link is no text of a file.
    blobs: BTreeMap<RepoPath, Oid>,
}

impl Staged {
    fn blob(&self, id: Oid) -> Result<Vec<u8>, git2::Error> {
        Ok(self.git.find_blob(id)?.content().to_vec())
    }
}

impl Texts for Staged {
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let Some(id) = self.blobs.get(path) else {
            return Err("it is a link that leads out of the repository".to_string());
        };
        self.blob(*id)
            .map_err(|error| format!("git cannot read it: {}", error.message()))
    }

    fn version(&self, path: &RepoPath) -> Option<Version> {
        let blob = self.blobs.get(path)?;
        Some(Version::of_hash(blob.as_bytes()))
    }
}

impl fmt::Debug for Staged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.blobs).finish()
    }
}
