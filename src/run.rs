//! One function per subcommand, stringing the stages together. Besides `main`, the only place that prints.

mod closing;
mod console;
mod explain;
mod hook;
mod init;
mod landing;
mod locate;
mod lock;
mod recipe;
mod shell;
mod show;
mod staged;
mod verify;

use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{Result, bail};

use self::console::Console;
use self::landing::{Landed, Landing};
pub use self::locate::{Glance, glance};
use self::locate::{Site, Version};
use self::lock::{Locked, Locking};
use crate::cli::{Apply, Check, Cli, Command, Commit, Format, Migration};
use crate::diagnostic::Diagnostic;
use crate::git::Repo;
use crate::nix::Nix;
use crate::path::RepoPath;
use crate::plan::{FileChange, Plan, Request, build};
use crate::recipe::Recipe;
use crate::report::{self, Outcome};
use crate::verify::Expectation;

/// Something was refused or failed, and nothing was written.
pub const REFUSED: u8 = 2;
/// `check` found something pending.
const PENDING: u8 = 1;
/// `verify` found something wrong.
const WRONG: u8 = 1;

/// Runs the command. Everything happens on the calling thread, which needs a deep stack.
///
/// # Errors
/// What kept the command from being done, to be shown to the user.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let console = Console::new(&cli.global);
    match cli.command {
        Command::Apply(arguments) => apply(&console, &arguments),
        Command::Check(arguments) => check(&console, &arguments),
        Command::Show(arguments) => show::show(&console, &arguments),
        Command::Init(arguments) => init::init(&console, &arguments),
        Command::Verify(arguments) => verify::verify(&console, &arguments),
        Command::Explain { code } => explain::explain(&console, code.as_deref()),
        Command::Recipe { action } => recipe::recipe(&console, &action),
        Command::Completions { shell } => shell::completions(&console, shell),
        Command::Man { directory } => shell::man(&console, directory.as_deref()),
        Command::Hook { action } => hook::hook(&console, &action),
    }
}

fn apply(console: &Console, arguments: &Apply) -> Result<ExitCode> {
    let site = Site::find(console, arguments.target.path.as_deref())?;
    let (planned, recipe) = match plan(&site, &arguments.migration)? {
        Ok(planned) => planned,
        Err(diagnostics) => return refuse(console, &site, arguments.format, diagnostics),
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
    if arguments.format == Format::Human {
        report(console, &site, arguments.format, &planned, outcome, None)?;
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
        return console.say(&closing::text(&plan, recipe, landed));
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

fn check(console: &Console, arguments: &Check) -> Result<ExitCode> {
    let path = arguments.target.path.as_deref();
    let site = if arguments.staged {
        Site::staged(path)?
    } else {
        Site::find(console, path)?
    };
    let planned = match plan(&site, &arguments.migration)? {
        Ok((plan, _)) => plan,
        Err(diagnostics) => return refuse(console, &site, arguments.format, diagnostics),
    };
    let outcome = Outcome::of(&planned);
    report(console, &site, arguments.format, &planned, outcome, None)?;
    if arguments.staged && arguments.format == Format::Human && outcome == Outcome::Changes {
        console.say(closing::STAGED)?;
    }
    Ok(match outcome {
        Outcome::Changes => ExitCode::from(PENDING),
        Outcome::Clean | Outcome::Refused => exit_code(outcome),
    })
}

/// The plan for the flake and the recipe it follows; the inner error is what is wrong with the recipe.
fn plan(site: &Site, migration: &Migration) -> Result<Result<(Plan, Recipe), Vec<Diagnostic>>> {
    let sources = site.recipe_sources(migration.profiles.recipe.as_deref())?;
    let flags = site.flags(migration)?;
    let recipe = match Recipe::load(sources, &flags, &site.directory()) {
        Ok(recipe) => recipe,
        Err(diagnostics) => return Ok(Err(diagnostics)),
    };
    let request = Request {
        flake: site.flake.clone(),
        only: migration.only.clone(),
        skip: migration.skip.clone(),
        keep_going: migration.keep_going,
        shadow: migration.shadow,
    };
    Ok(Ok((build(&site.tree, &recipe, &request), recipe)))
}

fn refuse(
    console: &Console,
    site: &Site,
    format: Format,
    diagnostics: Vec<Diagnostic>,
) -> Result<ExitCode> {
    let plan = Plan {
        flake: site.flake.clone(),
        hosts: Vec::new(),
        changes: Vec::new(),
        done: Vec::new(),
        diagnostics,
        refused: true,
    };
    report(console, site, format, &plan, Outcome::Refused, None)?;
    Ok(ExitCode::from(REFUSED))
}

fn exit_code(outcome: Outcome) -> ExitCode {
    match outcome {
        Outcome::Changes | Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Refused => ExitCode::from(REFUSED),
    }
}

fn report(
    console: &Console,
    site: &Site,
    format: Format,
    plan: &Plan,
    outcome: Outcome,
    commit: Option<&str>,
) -> Result<()> {
    let texts = |path: &RepoPath| site.text(path);
    match format {
        Format::Human => {
            let human = report::human(plan, outcome, console.err, &texts);
            console.say(&human.summary)?;
            if outcome == Outcome::Changes {
                console.print(&report::diff(&plan.changes, console.out))?;
            }
            console.complain(&human.messages)
        }
        Format::Patch => {
            console.print(&report::patch(&plan.changes))?;
            console.complain(&report::diagnostics(&plan.diagnostics, console.err, &texts))
        }
        Format::Json => console.print(&report::json(plan, outcome, &texts, commit)),
    }
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

impl Site {
    /// The text of a file before any change.
    fn text(&self, path: &RepoPath) -> Option<Rc<str>> {
        match self.tree.file(path) {
            Ok(file) => Some(file.text.clone()),
            Err(_) if self.version == Version::Staged => None,
            Err(_) => std::fs::read_to_string(self.repo.root().join(path.as_str()))
                .ok()
                .map(Rc::from),
        }
    }
}
