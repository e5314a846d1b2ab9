//! Trees of files on disk: read, written elsewhere, compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The files of a directory by their path in it, with `/` between components.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Reads `directory` and all below it, without `.git`.
pub fn read(directory: &Path) -> Result<Files> {
    let mut files = Files::new();
    read_below(directory, "", &mut files)?;
    Ok(files)
}

fn read_below(directory: &Path, prefix: &str, files: &mut Files) -> Result<()> {
    let entries =
        fs::read_dir(directory).with_context(|| format!("read {}", directory.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if name != ".git" {
                read_below(&entry.path(), &format!("{path}/"), files)?;
            }
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Writes `files` below `directory`.
pub fn write(files: &Files, directory: &Path) -> Result<()> {
    for (path, bytes) in files {
        let target = directory.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&target, bytes).with_context(|| format!("write {}", target.display()))?;
    }
    Ok(())
}

/// The paths that `files` has and `others` has not.
pub fn only_in(files: &Files, others: &Files) -> Vec<String> {
    files
        .keys()
        .filter(|path| !others.contains_key(*path))
        .cloned()
        .collect()
}

/// The Nix files of `after` that `before` has not, or has otherwise.
pub fn changed_nix_files<'a>(
    before: &'a Files,
    after: &'a Files,
) -> impl Iterator<Item = &'a String> {
    after
        .iter()
        .filter(|(path, bytes)| path.ends_with(".nix") && before.get(*path) != Some(*bytes))
        .map(|(path, _)| path)
}
