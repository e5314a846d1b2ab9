//! Finding the flake, its repository and what the user says about the migration.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, bail};

use super::console::Console;
use super::staged;
use crate::cli::Migration;
use crate::git::{FileKind, RUNNING, Repo};
use crate::hook::RecipePlace;
use crate::path::RepoPath;
use crate::recipe::{Flags, Source, USER_FILE};
use crate::report::visible;
use crate::tree::{Tree, link_target};
use crate::write::{Aside, Recovered, Steps, Verdict, recover};

/// The flake in its repository. The process ends with the command, so nothing of it is taken apart.
pub(super) struct Site {
    pub repo: ManuallyDrop<Repo>,
    pub flake: RepoPath,
    pub tree: ManuallyDrop<Tree>,
    pub version: Version,
}

/// Which version of the files is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// What stands on the disk, of what git tracks.
    WorkTree,
    /// What git would commit now.
    Staged,
}

impl Site {
    /// The flake at `path`, or the nearest one from here upwards. First of all, a run that was killed is undone.
    pub(super) fn find(console: &Console, path: Option<&Path>) -> Result<Site> {
        let directory = flake_directory(path)?;
        let repo = Repo::discover(&directory)?;
        let root = repo
            .root()
            .canonicalize()
            .context("could not find the root of the git repository")?;
        if !is_in_own_hook(&repo) {
            let settle = |note: &str| repo.settle(note);
            if let Some(recovered) = recover(&root, &repo.journal(), Steps::default(), settle)? {
                console.complain(&visible(&format!("note: {}\n", sentence(&recovered))))?;
            }
        }
        Site::open(repo, &root, &directory)
    }

    /// The flake in `directory` of the repository at `root`.
    fn open(repo: Repo, root: &Path, directory: &Path) -> Result<Site> {
        let flake = repo_path(root, &directory.join("flake.nix"))?;
        let tracked = repo.tracked_files()?;
        let present = tracked
            .files
            .into_iter()
            .filter(|file| file.kind != FileKind::Submodule);
        let (files, links): (Vec<_>, Vec<_>) = present
            .map(|file| {
                (
                    file.path.clone(),
                    (file.kind == FileKind::Symlink).then_some(file.path),
                )
            })
            .unzip();
        let links = links
            .into_iter()
            .flatten()
            .filter_map(|link| Some((link.clone(), target(root, &link)?)))
            .collect();
        let tree = Tree::on_disk(root.to_owned(), files, links);
        Ok(Site {
            repo: ManuallyDrop::new(repo),
            flake,
            tree: ManuallyDrop::new(tree),
            version: Version::WorkTree,
        })
    }

    /// The directory of the flake.
    pub(super) fn directory(&self) -> RepoPath {
        self.flake.parent().unwrap_or_else(RepoPath::root)
    }

    /// The same, on the disk.
    pub(super) fn flake_directory(&self) -> PathBuf {
        self.repo.root().join(self.directory().as_str())
    }

    /// The recipe in `file` or else the built-in one, and the user's file over it.
    pub(super) fn recipe_sources(&self, file: Option<&Path>) -> Result<Vec<Source>> {
        let mut sources = match file {
            Some(file) => vec![self.recipe_file(file)?],
            None => vec![Source::built_in()],
        };
        if let Some(path) = self.directory().join(USER_FILE) {
            let text = match self.version {
                Version::WorkTree => on_disk(&self.repo.root().join(path.as_str()))
                    .with_context(|| format!("could not read `{path}`"))?,
                Version::Staged => staged::text(&self.tree, &path)?,
            };
            sources.extend(text.map(|text| Source::in_repo(path, &*text)));
        }
        Ok(sources)
    }

    /// A recipe from anywhere; one of the repository is known by its path in it, and taken as it is staged where that is
    /// what is looked at.
    fn recipe_file(&self, file: &Path) -> Result<Source> {
        let root = self.repo.root().canonicalize()?;
        let Ok(path) = repo_path(&root, file) else {
            let text = super::recipe::read(file)?;
            return Ok(Source::elsewhere(file.display().to_string(), text));
        };
        let staged = match self.version {
            Version::WorkTree => None,
            Version::Staged => staged::text(&self.tree, &path)?,
        };
        Ok(match staged {
            Some(text) => Source::in_repo(path, &*text),
            None => Source::in_repo(path, super::recipe::read(file)?),
        })
    }

    /// Where a recipe is, for whoever stands elsewhere.
    pub(super) fn recipe_place(&self, file: &Path) -> Result<RecipePlace> {
        if let Ok(path) = repo_path(&self.repo.root().canonicalize()?, file) {
            return Ok(RecipePlace::InRepo(path));
        }
        let whole = file.canonicalize();
        let whole = whole.with_context(|| format!("could not find `{}`", file.display()))?;
        let whole = whole
            .to_str()
            .context("the path of the recipe is no UTF-8")?;
        Ok(RecipePlace::Elsewhere(whole.to_string()))
    }

    /// What the command line says.
    pub(super) fn flags(&self, migration: &Migration) -> Result<Flags> {
        let pair =
            |choice: &crate::cli::ProfileChoice| (choice.host.clone(), choice.profile.clone());
        let home = |choice: &crate::cli::HomeChoice| {
            Ok((self.given_path(&choice.file)?, choice.package.clone()))
        };
        Ok(Flags {
            machines: migration.profiles.profiles.iter().map(pair).collect(),
            home: migration.home.iter().map(home).collect::<Result<_>>()?,
            remove: migration
                .remove
                .iter()
                .map(|path| self.given_path(path))
                .collect::<Result<_>>()?,
            advanced: migration.profiles.advanced,
        })
    }

    /// A path from the command line: from here if something is there, else from the flake's directory.
    fn given_path(&self, path: &Path) -> Result<RepoPath> {
        if path.exists() {
            return repo_path(&self.repo.root().canonicalize()?, path);
        }
        let inside = path
            .to_str()
            .and_then(|path| self.directory().join(path))
            .filter(|_| path.is_relative());
        inside.with_context(|| format!("`{}` is not in the repository", path.display()))
    }
}

/// What can be seen of the flake around without touching anything.
pub struct Glance {
    /// The files that git tracks.
    pub tree: Tree,
    /// The flake.nix.
    pub flake: RepoPath,
    /// The recipe, as texts.
    pub recipe: Vec<Source>,
}

/// Looks at the flake around. A run that was killed is left as it is.
///
/// # Errors
/// There is none, or git cannot be asked.
pub fn glance() -> Result<Glance> {
    let directory = flake_directory(None)?;
    let repo = Repo::discover(&directory)?;
    let root = repo.root().canonicalize()?;
    let site = Site::open(repo, &root, &directory)?;
    let recipe = site.recipe_sources(None)?;
    Ok(Glance {
        tree: ManuallyDrop::into_inner(site.tree),
        flake: site.flake,
        recipe,
    })
}

/// The text of a file, if there is one.
pub(super) fn on_disk(file: &Path) -> Result<Option<Rc<str>>> {
    let Ok(metadata) = file.metadata() else {
        return Ok(None);
    };
    // A FIFO would be waited for.
    if !metadata.is_file() {
        bail!("it is not a regular file");
    }
    Ok(Some(std::fs::read_to_string(file)?.into()))
}

/// Whether a run that is under way has started this one in a hook: then there is nothing to undo.
pub(super) fn is_in_own_hook(repo: &Repo) -> bool {
    std::env::var_os(RUNNING).is_some_and(|journal| journal == repo.journal().as_os_str())
}

/// Where a tracked link leads, if that is in the repository.
fn target(root: &Path, link: &RepoPath) -> Option<RepoPath> {
    let target = std::fs::read_link(root.join(link.as_str())).ok()?;
    link_target(link, target.to_str()?)
}

fn sentence(recovered: &Recovered) -> String {
    let state = match recovered.state {
        Verdict::Old => "everything is back as it was before it",
        Verdict::New => "its result stands",
    };
    let mut text = format!("an earlier run of nixfix was cut off, and {state}");
    for aside in &recovered.edited_since {
        text.push_str(&format!("; {}", kept(aside)));
    }
    text
}

/// What became of a file that was edited meanwhile.
pub(super) fn kept(aside: &Aside) -> String {
    match &aside.other {
        Some(other) => format!(
            "`{}` was edited since, its other version is `{}`",
            aside.path,
            other.display()
        ),
        None => format!("`{}` was edited since and stays as it is", aside.path),
    }
}

/// The directory of the flake that the user means.
fn flake_directory(path: Option<&Path>) -> Result<PathBuf> {
    let Some(path) = path else {
        let here = std::env::current_dir().context("could not find the current directory")?;
        let found = here
            .ancestors()
            .find(|directory| directory.join("flake.nix").exists());
        return match found {
            Some(directory) => Ok(directory.to_owned()),
            None => bail!("there is no flake.nix in `{}` or above it", here.display()),
        };
    };
    if path.is_dir() && path.join("flake.nix").exists() {
        return Ok(path.to_owned());
    }
    if path.file_name().is_some_and(|name| name == "flake.nix") && path.exists() {
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        return Ok(parent.unwrap_or(Path::new(".")).to_owned());
    }
    bail!("there is no flake.nix at `{}`", path.display())
}

/// `path` as a path of the repository at `root`.
fn repo_path(root: &Path, path: &Path) -> Result<RepoPath> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let directory = parent
        .canonicalize()
        .with_context(|| format!("could not find `{}`", parent.display()))?;
    let whole = directory.join(path.file_name().context("the path has no file name")?);
    let inside = whole
        .strip_prefix(root)
        .ok()
        .and_then(Path::to_str)
        .and_then(RepoPath::new);
    inside.with_context(|| {
        format!(
            "`{}` is not in the repository `{}`",
            path.display(),
            root.display()
        )
    })
}
