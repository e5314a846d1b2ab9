//! One function per subcommand, stringing the stages together. Besides `main`, the only place that prints.

mod apply;
mod closing;
mod console;
mod explain;
mod hook;
mod init;
mod interactive;
mod landing;
mod locate;
mod lock;
mod memo;
mod pager;
mod preview;
mod progress;
mod recipe;
mod shell;
mod show;
mod staged;
mod verbosity;
mod verify;

use std::process::ExitCode;
use std::rc::Rc;

use anyhow::Result;

use self::console::{Console, Pages};
pub use self::locate::{Glance, glance};
use self::locate::{Site, Version};
use self::preview::preview;
use crate::cli::{Check, Cli, Command, Format, Migration};
use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;
use crate::plan::{LeftOut, Plan, Request, build};
use crate::recipe::{Recipe, Source};
use crate::report::{self, Human, Outcome, Styles};

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
        Command::Apply(arguments) => apply::apply(&console, &arguments),
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

fn check(console: &Console, arguments: &Check) -> Result<ExitCode> {
    let path = arguments.target.path.as_deref();
    let site = if arguments.staged {
        Site::staged(path)?
    } else {
        Site::find(console, path)?
    };
    let outcome = preview(console, &site, &arguments.migration, arguments.format)?;
    if arguments.staged && arguments.format == Format::Human && outcome == Outcome::Changes {
        let recipe = arguments.migration.profiles.recipe.as_deref();
        console.say(&report::visible(&closing::staged(recipe)))?;
    }
    Ok(match outcome {
        Outcome::Changes => ExitCode::from(PENDING),
        Outcome::Clean | Outcome::Refused => exit_code(outcome),
    })
}

/// What is to be planned, and the recipe to follow.
struct Wanted {
    recipe: Recipe,
    request: Request,
}

impl Wanted {
    /// The inner error is what is wrong with the recipe.
    fn read(site: &Site, migration: &Migration) -> Result<Result<Wanted, Vec<Diagnostic>>> {
        let sources = site.recipe_sources(migration.profiles.recipe.as_deref())?;
        Wanted::of(site, migration, sources)
    }

    /// The same, of a recipe that was read already.
    fn of(
        site: &Site,
        migration: &Migration,
        sources: Vec<Source>,
    ) -> Result<Result<Wanted, Vec<Diagnostic>>> {
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
            left_out: LeftOut::default(),
        };
        Ok(Ok(Wanted { recipe, request }))
    }
}

/// The plan for the flake and the recipe it follows; the inner error is what is wrong with the recipe.
fn plan(
    console: &Console,
    site: &Site,
    migration: &Migration,
) -> Result<Result<(Plan, Recipe), Vec<Diagnostic>>> {
    let sources = site.recipe_sources(migration.profiles.recipe.as_deref())?;
    plan_by(console, site, migration, sources)
}

/// The same, of a recipe that was read already.
fn plan_by(
    console: &Console,
    site: &Site,
    migration: &Migration,
    sources: Vec<Source>,
) -> Result<Result<(Plan, Recipe), Vec<Diagnostic>>> {
    let wanted = match Wanted::of(site, migration, sources)? {
        Ok(wanted) => wanted,
        Err(diagnostics) => return Ok(Err(diagnostics)),
    };
    let plan = console.stage("planning", || {
        build(&site.tree, &wanted.recipe, &wanted.request)
    });
    console.detail(&report::decisions(&plan, console.err))?;
    Ok(Ok((plan, wanted.recipe)))
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
        already: Vec::new(),
        steps: Vec::new(),
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
            let human = human(console, site, plan, outcome);
            console.read(&human.pages())
        }
        Format::Patch => {
            console.print_exactly(&report::patch(&plan.changes))?;
            console.complain(&report::diagnostics(&plan.diagnostics, console.err, &texts))
        }
        Format::Json => console.print(&report::json(plan, outcome, &texts, commit)),
    }
}

/// What a person reads of the plan.
fn human(console: &Console, site: &Site, plan: &Plan, outcome: Outcome) -> Human {
    let styles = Styles {
        out: console.out,
        err: console.err,
    };
    report::human(plan, outcome, styles, &|path| site.text(path))
}

impl Human {
    fn pages(&self) -> Pages<'_> {
        Pages {
            before: &self.summary,
            data: &self.diff,
            after: &self.messages,
        }
    }
}

impl Site {
    /// The text of a file before any change.
    fn text(&self, path: &RepoPath) -> Option<Rc<str>> {
        match self.tree.file(path) {
            Ok(file) => Some(file.text.clone()),
            Err(_) if self.version == Version::Staged => None,
            Err(_) => {
                let file = self.repo.root().join(path.as_str());
                // A FIFO would be waited for, and a link may lead anywhere.
                let is_text = file.symlink_metadata().is_ok_and(|one| one.is_file());
                let text = is_text.then(|| std::fs::read_to_string(file).ok());
                text.flatten().map(Rc::from)
            }
        }
    }
}
