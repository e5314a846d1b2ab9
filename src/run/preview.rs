//! What is to be done, shown and not done: `nixfix check`, and the dry run of `nixfix apply`.

use anyhow::Result;

use super::console::Console;
use super::locate::Site;
use super::memo::{Memo, Said};
use super::{human, plan_by, refuse, report};
use crate::cli::{Format, Migration};
use crate::diagnostic::Diagnostic;
use crate::report::Outcome;

/// Shows the plan for the flake. What was said of the very same before is said again.
pub(super) fn preview(
    console: &Console,
    site: &Site,
    migration: &Migration,
    format: Format,
) -> Result<Outcome> {
    let sources = site.recipe_sources(migration.profiles.recipe.as_deref())?;
    let memo = match format {
        Format::Human => Memo::of(console, site, migration, &sources),
        Format::Patch | Format::Json => None,
    };
    if let Some(said) = memo.as_ref().and_then(|memo| memo.recall(&site.tree)) {
        console.read(&said.human.pages())?;
        return Ok(said.outcome);
    }
    let planned = match plan_by(console, site, migration, sources)? {
        Ok((plan, _)) => plan,
        Err(diagnostics) => {
            refuse(console, site, format, diagnostics)?;
            return Ok(Outcome::Refused);
        }
    };
    let outcome = Outcome::of(&planned);
    // What is shown of a file that git does not track may change without a trace.
    let is_tracked = |one: &Diagnostic| {
        let file = one.place.as_ref().map(|place| &place.file);
        file.is_none_or(|file| site.tree.kind(file).is_some())
    };
    match memo.filter(|_| planned.diagnostics.iter().all(is_tracked)) {
        Some(memo) => {
            let human = human(console, site, &planned, outcome);
            console.read(&human.pages())?;
            memo.keep(&site.tree, Said { human, outcome });
        }
        None => report(console, site, format, &planned, outcome, None)?,
    }
    Ok(outcome)
}
