//! `nixfix init`: the hosts' profiles in `nixfix.toml`, written and added to git's index, never committed.

use std::process::ExitCode;

use anyhow::{Result, bail};

use super::console::Console;
use super::locate::{Site, on_disk};
use super::{plan, refuse};
use crate::cli::{Format, Init, Migration};
use crate::git::{PathProblem, Problem, Repo};
use crate::init::{Outcome, unjudged, user_file};
use crate::path::RepoPath;
use crate::plan::{FileChange, Plan};
use crate::recipe::{Recipe, USER_FILE};
use crate::report;
use crate::write::{Steps, Transaction, resolve};

/// Runs `nixfix init`.
pub(super) fn init(console: &Console, arguments: &Init) -> Result<ExitCode> {
    let site = Site::find(console, arguments.target.path.as_deref())?;
    let migration = Migration {
        keep_going: true,
        ..Migration::default()
    };
    let (planned, recipe) = match plan(console, &site, &migration)? {
        Ok(planned) => planned,
        Err(diagnostics) => return refuse(console, &site, Format::Human, diagnostics),
    };
    if planned.hosts.is_empty() {
        return refuse(console, &site, Format::Human, planned.diagnostics);
    }
    let path = site
        .directory()
        .join(USER_FILE)
        .expect("the file has a plain name");
    let before = on_disk(&site.repo.root().join(path.as_str()))?;
    let text = match text(&planned, &recipe, before.as_deref()) {
        Outcome::Inline => bail!(
            "`machines` in `{path}` is an inline table, which has no room for reasons; write it as `[machines]`"
        ),
        Outcome::Text(text) => Some(text),
        Outcome::Complete => None,
    };
    leave_out(console, &planned)?;
    let Some(text) = text else {
        console.say(&format!("{path}: nothing to do\n"))?;
        return Ok(ExitCode::SUCCESS);
    };
    let change = FileChange {
        path: path.clone(),
        before,
        after: Some(text.into()),
    };
    console.print(&report::diff(std::slice::from_ref(&change), console.out))?;
    if arguments.dry_run {
        return Ok(ExitCode::SUCCESS);
    }
    let said = match write(&site.repo, &change)? {
        Staged::Yes => "wrote it and added it to the index; commit it when you like it",
        Staged::No => "wrote it; it had changes that are not staged, so staging it is yours",
    };
    console.say(&format!("{path}: {said}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn text(plan: &Plan, recipe: &Recipe, before: Option<&str>) -> Outcome {
    let profiles = recipe.choosable_profiles();
    let profiles: Vec<&str> = profiles.map(|profile| profile.name.as_str()).collect();
    user_file(before, &plan.hosts, &profiles)
}

/// Says which hosts get no line.
fn leave_out(console: &Console, plan: &Plan) -> Result<()> {
    for host in unjudged(&plan.hosts) {
        let why = host.reason.as_deref().unwrap_or("nothing is known of it");
        let line = format!("note: host `{}` is left out: {why}\n", host.name);
        console.say(&report::visible(&line))?;
    }
    Ok(())
}

/// Whether the file was added to the index.
enum Staged {
    Yes,
    No,
}

/// Writes the file, and has git track it as it is now: a flake's tools see only that. What the user has not staged of it
/// is not staged on the way.
fn write(repo: &Repo, change: &FileChange) -> Result<Staged> {
    let file = resolve(repo.root(), change)?;
    let as_staged = is_as_staged(repo, &file, change.before.as_deref())?;
    let problems = match change.before {
        Some(_) => repo.guard(&[file], &[])?,
        None => repo.guard(&[], &[file])?,
    };
    let fine = |one: &&PathProblem| one.problem.is_mere_dirt() || one.problem == Problem::Untracked;
    if let Some(grave) = problems.iter().find(|one| !fine(one)) {
        bail!("nothing is written: {}", grave.message());
    }
    let changes = std::slice::from_ref(change);
    let prepared = Transaction::prepare(repo.root(), &repo.journal(), changes, Steps::default());
    // Dropped before its end, it puts everything back.
    let mut applied = prepared?.apply()?;
    let staged = if as_staged {
        repo.stage(&applied.written(), |rescue| applied.note(&rescue.to_note()))?;
        Staged::Yes
    } else {
        Staged::No
    };
    applied.finish()?;
    Ok(staged)
}

/// Whether nothing else would be staged with the file.
fn is_as_staged(repo: &Repo, file: &RepoPath, text: Option<&str>) -> Result<bool> {
    let staged = repo.staged_tree()?;
    let staged = staged.file(file).map(|file| file.text.clone());
    Ok(staged.map_or(true, |staged| Some(&*staged) == text))
}
