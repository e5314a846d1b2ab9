//! Where a change goes: symlinks followed, nothing outside the root or inside a git directory, and every file as the
//! plan saw it.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::path::RepoPath;
use crate::plan::FileChange;

use super::journal::{Entry, Journal, Writer};
use super::steps::is_there;

/// The journal of `changes` below the canonical directory `root`, every file checked.
pub(super) fn plan(root: &Path, changes: &[FileChange]) -> Result<Journal> {
    let mut directories = BTreeSet::new();
    let mut files: Vec<Entry> = Vec::new();
    for change in changes {
        let path = locate(root, change)?;
        let full = root.join(path.as_str());
        check(&full, &change.path, change.before.as_deref())?;
        if files.iter().any(|other| other.path == path) {
            bail!("`{}` is the same file as another of the plan", change.path);
        }
        directories.extend(missing_directories(root, &path));
        let text = |text: &Option<Rc<str>>| text.as_deref().map(str::to_owned);
        files.push(entry(path, text(&change.before), text(&change.after))?);
    }
    // A directory sorts before what lies in it.
    Ok(Journal::new(directories.into_iter().collect(), files))
}

/// The entry of one file; its names beside the file are this run's own.
pub(super) fn entry(
    path: RepoPath,
    before: Option<String>,
    after: Option<String>,
) -> Result<Entry> {
    let token = token();
    Ok(Entry {
        temp: beside(&path, &token, "new")?,
        spare: beside(&path, &token, "old")?,
        path,
        before,
        after,
        writer: Writer::Nixfix,
    })
}

/// The file that `change` is about: with the symlinks of its directory followed, and its own where it is changed in place.
///
/// # Errors
/// It is to be changed and does not exist, or it is outside `root` or inside a git directory.
pub fn resolve(root: &Path, change: &FileChange) -> Result<RepoPath> {
    locate(&canonical(root)?, change)
}

pub(super) fn canonical(root: &Path) -> Result<PathBuf> {
    fs::canonicalize(root)
        .with_context(|| format!("could not find the directory `{}`", root.display()))
}

/// Refuses a file that is not as the plan saw it; `before` is `None` for a file that must not exist.
pub(super) fn check(full: &Path, path: &RepoPath, before: Option<&str>) -> Result<()> {
    let Some(before) = before else {
        if is_there(full) {
            bail!("`{path}` was to be created, but is there already");
        }
        return Ok(());
    };
    let metadata = fs::metadata(full).with_context(|| format!("could not find `{path}`"))?;
    if !metadata.is_file() {
        bail!("`{path}` is no regular file");
    }
    if metadata.permissions().readonly() {
        bail!("`{path}` is read-only");
    }
    let now = fs::read(full).with_context(|| format!("could not read `{path}`"))?;
    if now != before.as_bytes() {
        bail!("`{path}` has changed since it was planned; run nixfix again");
    }
    Ok(())
}

fn locate(root: &Path, change: &FileChange) -> Result<RepoPath> {
    let path = &change.path;
    let real = if change.before.is_some() && change.after.is_some() {
        real(root, path)
    } else {
        // A symlink that is deleted is itself the file.
        real_parent(root, path)
    };
    real.with_context(|| format!("could not follow `{path}`"))
}

fn real(root: &Path, path: &RepoPath) -> Result<RepoPath> {
    inside(root, &fs::canonicalize(root.join(path.as_str()))?)
}

/// `path` with the symlinks of its existing parents followed.
fn real_parent(root: &Path, path: &RepoPath) -> Result<RepoPath> {
    let mut existing = path.parent().context("it is the root")?;
    while !is_there(&root.join(existing.as_str())) {
        existing = existing.parent().context("the root is missing")?;
    }
    let rest = path.relative_to(&existing);
    inside(
        root,
        &fs::canonicalize(root.join(existing.as_str()))?.join(&rest[2..]),
    )
}

fn inside(root: &Path, full: &Path) -> Result<RepoPath> {
    let path = full
        .strip_prefix(root)
        .ok()
        .with_context(|| format!("it leads to `{}`, outside the repository", full.display()))?
        .to_str()
        .and_then(RepoPath::new)
        .context("its name is not UTF-8")?;
    if is_in_git_directory(&path) {
        bail!("`{path}` is inside a git directory");
    }
    Ok(path)
}

/// Whether a part of the path is git's own, on a file system of whatever case.
pub(super) fn is_in_git_directory(path: &RepoPath) -> bool {
    path.components()
        .any(|part| part.eq_ignore_ascii_case(".git"))
}

/// Refuses a path to which a symlink leads: those that a run of nixfix has noted had none.
///
/// # Errors
/// A directory above the path, as far as there is one, is not where its name says.
pub(super) fn require_no_link_on_the_way(root: &Path, path: &RepoPath) -> Result<()> {
    let real = real_parent(root, path).with_context(|| format!("could not follow `{path}`"))?;
    if real != *path {
        bail!("a symlink on the way to `{path}` leads to `{real}`");
    }
    Ok(())
}

fn missing_directories(root: &Path, path: &RepoPath) -> Vec<RepoPath> {
    let mut missing = Vec::new();
    let mut directory = path.parent();
    while let Some(here) = directory.filter(|here| !is_there(&root.join(here.as_str()))) {
        directory = here.parent();
        missing.push(here);
    }
    missing
}

/// A name in the same directory, and so on the same file system.
fn beside(path: &RepoPath, token: &str, kind: &str) -> Result<RepoPath> {
    let directory = path.parent().context("the root is no file")?;
    // Long names: the file's own name may be as long as the file system allows.
    let stem: String = path.name().chars().take(40).collect();
    let hash = path.as_str().bytes().fold(0u32, |hash, byte| {
        hash.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    directory
        .join(&format!(".{stem}.{hash:08x}.nixfix-{token}.{kind}"))
        .context("the name cannot be used")
}

/// Whether `own` is a name that [`beside`] gives a file of this kind beside `path`.
pub(super) fn is_beside(own: &RepoPath, path: &RepoPath, kind: &str) -> bool {
    let token = own
        .name()
        .rsplit_once(".nixfix-")
        .and_then(|(_, rest)| rest.strip_suffix(kind)?.strip_suffix('.'));
    token.is_some_and(|token| beside(path, token, kind).is_ok_and(|name| name == *own))
}

/// No two runs share it, so a file with it in its name is this run's own.
fn token() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanoseconds = now.map_or(0, |since| since.as_nanos() as u64);
    format!("{:x}-{nanoseconds:x}", std::process::id())
}

/// The bytes of a file; `None` if there is none.
pub(super) fn read(full: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match fs::read(full) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
