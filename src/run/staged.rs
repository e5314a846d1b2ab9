//! Finding the flake in what is staged, where the files on the disk may be others, or gone.

use std::mem::ManuallyDrop;
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result, bail};

use super::locate::{Site, Version, is_in_own_hook};
use crate::git::Repo;
use crate::path::RepoPath;
use crate::tree::{EntryKind, ReadProblem, Tree};

impl Site {
    /// The staged flake at `path`, or the nearest one from here upwards. Nothing is written, so a run that was killed is
    /// not undone but told.
    pub(super) fn staged(path: Option<&Path>) -> Result<Site> {
        let here = std::env::current_dir().context("could not find the current directory")?;
        let wanted = here.join(path.unwrap_or(Path::new("")));
        let on_disk = wanted.ancestors().find(|one| one.is_dir());
        let on_disk = on_disk.context("the root directory is gone")?;
        let repo = Repo::discover(on_disk)?;
        if repo.journal().exists() && !is_in_own_hook(&repo) {
            bail!(
                "another run of nixfix is under way or was cut off; \
                 `nixfix show` puts everything in order then"
            );
        }
        let tree = repo.staged_tree()?;
        let inside = inside(&repo, on_disk, &wanted)?;
        let flake = match path {
            Some(_) => flake_at(&tree, &inside),
            None => std::iter::successors(Some(inside), RepoPath::parent)
                .find_map(|directory| flake_at(&tree, &directory)),
        };
        let Some(flake) = flake else {
            bail!("no flake.nix is staged at `{}`", wanted.display());
        };
        Ok(Site {
            repo: ManuallyDrop::new(repo),
            flake,
            tree: ManuallyDrop::new(tree),
            version: Version::Staged,
        })
    }
}

/// `wanted` as a path of the repository; of it, `on_disk` is there.
fn inside(repo: &Repo, on_disk: &Path, wanted: &Path) -> Result<RepoPath> {
    let find = |path: &Path| {
        path.canonicalize()
            .with_context(|| format!("could not find `{}`", path.display()))
    };
    let rest = wanted.strip_prefix(on_disk).unwrap_or(Path::new(""));
    let whole = find(on_disk)?.join(rest);
    let inside = whole.strip_prefix(find(repo.root())?).ok();
    let inside = inside.and_then(Path::to_str).and_then(RepoPath::new);
    inside.with_context(|| {
        format!(
            "`{}` is not in the repository `{}`",
            wanted.display(),
            repo.root().display()
        )
    })
}

/// The flake in a directory, or the file itself.
fn flake_at(tree: &Tree, path: &RepoPath) -> Option<RepoPath> {
    let named = Some(path.clone()).filter(|path| path.name() == "flake.nix");
    let mut places = named.into_iter().chain(path.join("flake.nix"));
    places.find(|place| tree.kind(place) == Some(EntryKind::File))
}

/// The staged text of a file, if one of this name is staged.
pub(super) fn text(tree: &Tree, path: &RepoPath) -> Result<Option<Rc<str>>> {
    match tree.file(path) {
        Ok(file) => Ok(Some(file.text.clone())),
        Err(ReadProblem::Missing) => Ok(None),
        Err(ReadProblem::Unreadable(why)) => bail!("could not read `{path}`: {why}"),
    }
}
