//! A corpus case on disk: `before/`, `after/` where the migration changes something, and `case.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::evaluate::Repo;
use super::expectation::{Expectation, Gains};

/// What the judge needs of `case.toml`; the rest is for others.
#[derive(Debug, Default, Deserialize)]
struct CaseFile {
    /// The directory of flake.nix, if it is not the root.
    #[serde(default)]
    flake: String,
    /// The arguments of `nixfix apply`.
    #[serde(default)]
    args: Vec<String>,
    /// The hosts that cannot be migrated and are left alone.
    #[serde(default)]
    left: Vec<String>,
    /// What the hosts gain by another recipe than the built-in one.
    gains: Option<Gains>,
}

/// The part of the user's `nixfix.toml` that names profiles.
#[derive(Debug, Default, Deserialize)]
struct Settings {
    #[serde(default)]
    machines: BTreeMap<String, String>,
}

/// Reads a case; `None` if it has no `after`, as a refused one.
pub fn read(directory: &Path) -> Result<Option<(Repo, Expectation)>> {
    let (before, after) = (directory.join("before"), directory.join("after"));
    if !before.is_dir() || !after.is_dir() {
        return Ok(None);
    }
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    let case: CaseFile = read_toml(&directory.join("case.toml"))?;
    let settings: Settings = read_toml(&before.join(&case.flake).join("nixfix.toml"))?;
    let mut repo = Repo::read(&name, &before, &after)?;
    repo.flake = case.flake;
    let mut expected = match case.gains {
        Some(gains) => Expectation::of(gains),
        None => Expectation::default(),
    };
    for (host, profile) in settings.machines {
        expected.expect_profile(&host, &profile);
    }
    expected.read_arguments(&case.args);
    expected.left = case.left;
    Ok(Some((repo, expected)))
}

fn read_toml<T: Default + for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    if !path.exists() {
        return Ok(T::default());
    }
    let text = fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("read {}", path.display()))
}
