//! `nixfix apply --interactive`: the terminal for the review.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, Result, bail};

use super::console::Console;
use super::locate::Site;
use super::{Wanted, plan};
use crate::cli::Apply;
use crate::diagnostic::Diagnostic;
use crate::interactive::{Dialogue, Review, Reviewed, review};
use crate::plan::Plan;
use crate::recipe::Recipe;

/// What there is to go on with.
pub(super) enum Settled {
    /// A plan, and the recipe it follows.
    Planned(Box<(Plan, Recipe)>),
    /// What is wrong with the recipe.
    Invalid(Vec<Diagnostic>),
    /// Nothing: the user quit.
    Quit,
}

/// The plan of `apply`, reviewed by the user where they asked for that.
pub(super) fn settle(console: &Console, site: &Site, arguments: &Apply) -> Result<Settled> {
    if !arguments.interactive {
        let planned = plan(console, site, &arguments.migration)?;
        return Ok(match planned {
            Ok(planned) => Settled::Planned(Box::new(planned)),
            Err(diagnostics) => Settled::Invalid(diagnostics),
        });
    }
    let wanted = match Wanted::read(site, &arguments.migration)? {
        Ok(wanted) => wanted,
        Err(diagnostics) => return Ok(Settled::Invalid(diagnostics)),
    };
    let texts = |path: &crate::path::RepoPath| site.text(path);
    let closing: fn(usize) -> String = match arguments.commit.no_commit {
        true => |count| format!("Write {}", files(count)),
        false => |count| format!("Write {} and commit", files(count)),
    };
    let reviewed = review(
        &Review {
            tree: &site.tree,
            recipe: &wanted.recipe,
            request: &wanted.request,
            style: console.err,
            texts: &texts,
            during: &|work| console.stage("planning", work),
            closing: (!arguments.dry_run).then_some(closing),
        },
        &mut Terminal { console },
    )?;
    Ok(match reviewed {
        Reviewed::Planned(planned) => Settled::Planned(planned),
        Reviewed::Quit => Settled::Quit,
    })
}

fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_string(),
        count => format!("{count} files"),
    }
}

/// Refuses to ask where nobody can answer.
pub(super) fn require_terminal() -> Result<()> {
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return Ok(());
    }
    bail!(
        "`--interactive` asks questions, and there is no terminal to ask on\n\
         `--dry-run` shows the changes; `--profile`, `--only`, `--skip` and `--keep-going` choose among them"
    )
}

/// Questions on stderr, answers from stdin.
struct Terminal<'a> {
    console: &'a Console,
}

impl Dialogue for Terminal<'_> {
    fn show(&mut self, text: &str) -> Result<()> {
        self.console.complain(text)
    }

    fn ask(&mut self, prompt: &str) -> Result<Option<String>> {
        self.console.complain(prompt)?;
        io::stderr().flush().context("ask on the terminal")?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        match read.context("read the answer")? {
            0 => Ok(None),
            _ => Ok(Some(line)),
        }
    }
}
