//! `nixfix apply`: plan, prove, show, write and commit.

use std::process::ExitCode;

use anyhow::{Result, bail};

use super::console::Console;
use super::interactive::{self, Settled};
use super::landing::{Landed, Landing};
use super::locate::Site;
use super::lock::{Locked, Locking};
use super::preview::preview;
use super::{REFUSED, closing, exit_code, human, refuse, report};
use crate::cli::{Apply, Commit, Format};
use crate::diagnostic::Diagnostic;
use crate::git::Repo;
use crate::nix::Nix;
use crate::path::RepoPath;
use crate::plan::{FileChange, Plan};
use crate::recipe::Recipe;
use crate::report::Outcome;
use crate::verify::Expectation;

pub(super) fn apply(console: &Console, arguments: &Apply) -> Result<ExitCode> {
    if arguments.interactive {
        interactive::require_terminal()?;
    }
    let site = Site::find(console, arguments.target.path.as_deref())?;
    if arguments.dry_run && !arguments.interactive {
        let outcome = preview(console, &site, &arguments.migration, arguments.format)?;
        return Ok(exit_code(outcome));
    }
    let (planned, recipe) = match interactive::settle(console, &site, arguments)? {
        Settled::Planned(planned) => *planned,
        Settled::Invalid(diagnostics) => {
            return refuse(console, &site, arguments.format, diagnostics);
        }
        Settled::Quit => {
            console.say("nothing was written\n")?;
            return Ok(ExitCode::from(REFUSED));
        }
    };
    let outcome = Outcome::of(&planned);
    if arguments.dry_run || outcome != Outcome::Changes {
        report(console, &site, arguments.format, &planned, outcome, None)?;
        return Ok(exit_code(outcome));
    }
    // Refuse what cannot be done before showing a diff that looks as if it were.
    check_writable(&site.repo, &planned.changes, &arguments.commit)?;
    let nix = Nix::find(&site.flake_directory(), arguments.limit.duration());
    if arguments.verify && nix.is_none() {
        bail!("there is no nix on the path, and `--verify` asks it");
    }
    let locking = Locking::decide(&site, &planned, arguments, nix.as_ref())?;
    // Who reviewed the changes has seen them.
    if arguments.format == Format::Human && !arguments.interactive {
        console.straight(&human(console, &site, &planned, outcome).pages())?;
    }
    let expectation = arguments
        .verify
        .then(|| Expectation::of_run(&planned, &recipe));
    let landing = Landing {
        console,
        site: &site,
        plan: &planned,
        recipe: &recipe,
        commit: &arguments.commit,
        nix: nix.as_ref(),
        locking: &locking,
        expectation: expectation.as_ref(),
    };
    let landed = landing.land()?;
    close(console, &site, arguments.format, planned, &recipe, &landed)?;
    Ok(ExitCode::SUCCESS)
}

/// The last words: all of it for scripts, what is new since the diff for people.
fn close(
    console: &Console,
    site: &Site,
    format: Format,
    mut plan: Plan,
    recipe: &Recipe,
    landed: &Landed,
) -> Result<()> {
    let stale = match &landed.locked {
        Locked::Stale(stale) => Some(stale.diagnostic()),
        Locked::Written(_) | Locked::Untouched => None,
    };
    if format == Format::Human {
        let stale: Vec<Diagnostic> = stale.into_iter().collect();
        console.complain(&report::diagnostics(&stale, console.err, &|path| {
            site.text(path)
        }))?;
        return console.say(&report::visible(&closing::text(&plan, recipe, landed)));
    }
    plan.diagnostics.extend(stale);
    if let Locked::Written(change) = &landed.locked {
        plan.changes.push(change.clone());
        plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
    }
    report(
        console,
        site,
        format,
        &plan,
        Outcome::Changes,
        landed.commit.as_deref(),
    )
}

/// Refuses what git or the disk would make a mess of.
fn check_writable(repo: &Repo, changes: &[FileChange], commit: &Commit) -> Result<()> {
    if !commit.no_commit {
        repo.require_ready()?;
    }
    let of = |created: bool| -> Result<Vec<RepoPath>> {
        let chosen = changes
            .iter()
            .filter(|change| change.before.is_none() == created);
        chosen
            .map(|change| crate::write::resolve(repo.root(), change))
            .collect()
    };
    let problems = repo.guard(&of(false)?, &of(true)?)?;
    let grave: Vec<String> = problems
        .iter()
        .filter(|one| !(commit.allow_dirty && one.problem.is_mere_dirt()))
        .map(|one| format!("  {}", one.message()))
        .collect();
    if grave.is_empty() {
        return Ok(());
    }
    let dirt = problems.iter().any(|one| one.problem.is_mere_dirt()) && !commit.allow_dirty;
    let advice = if dirt {
        "\ncommit or stash your changes first, or pass --allow-dirty"
    } else {
        ""
    };
    bail!(
        "these files cannot be written now:\n{}{advice}",
        grave.join("\n")
    )
}
