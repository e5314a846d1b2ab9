//! Evaluates repositories before and after a migration, and their changed files by themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::batch::{Run, evaluate_all};
use super::hosts::Evaluated;
use super::nix::Nix;
use super::scan;
use super::tree::{self, Files};

/// A repository before and after a migration.
pub struct Repo {
    /// What messages call it.
    pub name: String,
    /// Its files before.
    pub before: Files,
    /// Its files after.
    pub after: Files,
    /// The directory of flake.nix in it; empty for the root.
    pub flake: String,
}

impl Repo {
    /// Reads both trees from disk; flake.nix is at their root.
    pub fn read(name: &str, before: &Path, after: &Path) -> Result<Repo> {
        Ok(Repo {
            name: name.to_string(),
            before: tree::read(before)?,
            after: tree::read(after)?,
            flake: String::new(),
        })
    }
}

/// Both evaluations of one repository, and what became of its files.
pub struct Comparison {
    /// What messages call it.
    pub name: String,
    /// Nix on the tree before.
    pub before: Evaluated,
    /// Nix on the tree after.
    pub after: Evaluated,
    /// Files that only the tree before has.
    pub deleted: Vec<String>,
    /// Nix's message on the new and changed files by themselves, reached by a host or not.
    pub unparsable: Option<String>,
}

/// Evaluates every repository; an error only where Nix cannot be run at all.
pub fn evaluate(repos: &[Repo]) -> Result<Vec<Comparison>> {
    let nix = Nix::new()?;
    let mut asked = Vec::new();
    let mut changed = Vec::new();
    for (index, repo) in repos.iter().enumerate() {
        let directory = nix.directory().join(index.to_string());
        let stubs = stubs_for(repo);
        for (side, files) in [("before", &repo.before), ("after", &repo.after)] {
            // The same last component on both sides: it names what `"${./.}"` copies to the store.
            let root = directory.join(side).join("source");
            tree::write(files, &root).with_context(|| format!("lay out `{}`", repo.name))?;
            asked.push(Run::new(index, root, &repo.flake, &stubs));
        }
        let root = directory.join("after/source");
        let files = tree::changed_nix_files(&repo.before, &repo.after);
        changed.push(files.map(|path| root.join(path)).collect::<Vec<_>>());
    }
    let unparsable = parse_each(&nix, &changed)?;
    let mut sides = evaluate_all(&nix, &asked)?.into_iter();
    let comparisons = repos.iter().zip(unparsable).map(|(repo, unparsable)| {
        let mut side = || sides.next().expect("two answers for each repository");
        Comparison {
            name: repo.name.clone(),
            before: side(),
            after: side(),
            deleted: tree::only_in(&repo.before, &repo.after),
            unparsable,
        }
    });
    Ok(comparisons.collect())
}

/// Packages come from the tree before alone: what only the tree after uses must be defined by it.
fn stubs_for(repo: &Repo) -> Value {
    let before = scan::read(&repo.before);
    let mut inputs: BTreeMap<String, BTreeSet<Vec<String>>> = before.inputs;
    for (name, paths) in scan::read(&repo.after).inputs {
        inputs.entry(name).or_default().extend(paths);
    }
    json!({ "packages": before.packages, "inputs": inputs, "options": before.options })
}

/// One process when all is well, else one per repository.
fn parse_each(nix: &Nix, files: &[Vec<PathBuf>]) -> Result<Vec<Option<String>>> {
    if nix.parse(&files.concat())?.is_none() {
        return Ok(vec![None; files.len()]);
    }
    files.iter().map(|files| nix.parse(files)).collect()
}
