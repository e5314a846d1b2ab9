//! flake.lock gets the entry of the new input, in the same commit, if Nix adds that and nothing else.

use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::{Result, bail};

use super::locate::Site;
use crate::cli::{Apply, Lock};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flake::Flake;
use crate::nix::{Interrupted, Nix, lock};
use crate::path::RepoPath;
use crate::plan::{FileChange, Plan};
use crate::write::Applied;

/// What is to become of flake.lock.
#[derive(Debug)]
pub(super) enum Locking {
    /// There is none in git, or it lacks nothing.
    NotNeeded,
    /// It lacks something and stays as it is.
    Leave(Stale),
    /// Nix adds what it lacks.
    Add(Missing),
}

/// A flake.lock, and the inputs that it lacks.
#[derive(Debug, Clone)]
pub(super) struct Missing {
    pub path: RepoPath,
    pub inputs: BTreeSet<String>,
}

/// A flake.lock that lacks something, and why it still does.
#[derive(Debug, Clone)]
pub(super) struct Stale {
    missing: Missing,
    why: String,
}

/// What became of flake.lock.
#[derive(Debug)]
pub(super) enum Locked {
    Untouched,
    Stale(Stale),
    Written(FileChange),
}

impl Locking {
    /// What the user wants, as far as it can be done.
    ///
    /// # Errors
    /// The user asked for what cannot be done.
    pub(super) fn decide(
        site: &Site,
        plan: &Plan,
        arguments: &Apply,
        nix: Option<&Nix>,
    ) -> Result<Locking> {
        let Some(missing) = missing(site, plan) else {
            let tracked = site
                .directory()
                .join("flake.lock")
                .is_some_and(|path| site.tree.file(&path).is_ok());
            if arguments.lock.lock && !tracked {
                bail!(
                    "git tracks no flake.lock beside `{}`, so `--lock` has nothing to add to",
                    plan.flake
                );
            }
            return Ok(Locking::NotNeeded);
        };
        let obstacle = match nix {
            _ if arguments.lock.no_lock => Some("`--no-lock` leaves it alone".to_string()),
            None => Some("there is no nix on the path".to_string()),
            Some(_) => obstacle(site, &missing.path, arguments)?,
        };
        match (obstacle, &arguments.lock) {
            (None, _) => Ok(Locking::Add(missing)),
            (Some(why), Lock { lock: true, .. }) => bail!("`--lock` cannot be done: {why}"),
            (Some(why), _) => Ok(Locking::Leave(Stale { missing, why })),
        }
    }
}

/// What flake.lock will lack when `plan` is written.
fn missing(site: &Site, plan: &Plan) -> Option<Missing> {
    let path = site.directory().join("flake.lock")?;
    let text = site.tree.file(&path).ok()?.text.clone();
    let declared = |tree| -> BTreeSet<String> {
        let inputs = Flake::read(tree, &plan.flake)
            .map(|flake| flake.inputs)
            .unwrap_or_default();
        inputs.iter().map(|input| input.name.to_string()).collect()
    };
    let change = plan
        .changes
        .iter()
        .find(|change| change.path == plan.flake)?;
    let after = site.tree.with_text(&plan.flake, change.after.clone()?);
    let locked = lock::root_inputs(&text).unwrap_or_default();
    let added: BTreeSet<String> = &declared(&after) - &declared(&site.tree);
    let inputs = &added - &locked;
    (!inputs.is_empty()).then_some(Missing { path, inputs })
}

/// Why Nix must not write to flake.lock now.
fn obstacle(site: &Site, path: &RepoPath, arguments: &Apply) -> Result<Option<String>> {
    let full = site.repo.root().join(path.as_str());
    if full
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_symlink())
    {
        return Ok(Some(format!("`{path}` is a symlink")));
    }
    let problems = site.repo.guard(std::slice::from_ref(path), &[])?;
    let grave = problems
        .iter()
        .find(|one| !(arguments.commit.allow_dirty && one.problem.is_mere_dirt()));
    Ok(grave.map(|problem| problem.message()))
}

/// Has Nix add what is missing. Whatever else it writes is taken back, and the migration stands without it.
///
/// # Errors
/// The user interrupted it, or flake.lock could not be put back.
pub(super) fn add(nix: &Nix, missing: &Missing, applied: &mut Applied) -> Result<Locked> {
    applied.watch(&missing.path)?;
    let answer = nix.lock();
    let (before, after) = applied.adopt(&missing.path)?;
    let why = match answer {
        Err(error) if error.is::<Interrupted>() => return Err(error),
        Err(error) => Some(crate::message::message(&error)),
        Ok(Err(message)) => Some(format!("`nix flake lock` failed\n{message}")),
        Ok(Ok(())) => lock::check_only_added(&before, &after, &missing.inputs)
            .err()
            .map(|error| {
                format!(
                    "what `nix flake lock` made of it is taken back, for {}",
                    crate::message::message(&error)
                )
            }),
    };
    let Some(why) = why else {
        let text = |text: String| Some(Rc::from(text));
        return Ok(Locked::Written(FileChange {
            path: missing.path.clone(),
            before: text(before),
            after: text(after),
        }));
    };
    applied.give_up(&missing.path)?;
    Ok(Locked::Stale(Stale {
        missing: missing.clone(),
        why,
    }))
}

impl Stale {
    /// What the user has to know and to do.
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let Missing { path, inputs } = &self.missing;
        let names: Vec<String> = inputs.iter().map(|name| format!("`{name}`")).collect();
        let (why, said) = self.why.split_once('\n').unwrap_or((&self.why, ""));
        let message = format!(
            "`{path}` is stale, it has no entry for {}: {why}",
            names.join(", ")
        );
        let directory = path.parent().filter(|directory| !directory.is_root());
        let place = directory.map_or_else(String::new, |directory| format!(" in `{directory}`"));
        let said = if said.is_empty() {
            String::new()
        } else {
            format!("\nnix said:\n{said}")
        };
        let help = format!("run `nix flake lock`{place} and commit flake.lock{said}");
        Diagnostic::new(Severity::Warning, "lock-stale", message).help(help)
    }
}

impl Missing {
    /// What was done, as a sentence for the commit message.
    pub(super) fn sentence(&self) -> String {
        let names: Vec<String> = self.inputs.iter().map(|name| format!("`{name}`")).collect();
        format!("Lock {} in `{}`", names.join(", "), self.path)
    }
}
