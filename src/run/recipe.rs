//! `nixfix recipe`: a new recipe, and what is wrong with one.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{Context, Result, bail};

use super::REFUSED;
use super::console::Console;
use crate::cli::RecipeAction;
use crate::path::RepoPath;
use crate::recipe::{Flags, Recipe, SKELETON, Source, USER_FILE};
use crate::report;

/// Runs `nixfix recipe`.
pub(super) fn recipe(console: &Console, action: &RecipeAction) -> Result<ExitCode> {
    match action {
        RecipeAction::Check { file } => check(console, file),
        RecipeAction::New { file: Some(file) } => write_new(console, file),
        RecipeAction::New { file: None } => {
            console.print(SKELETON)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The text of a recipe file.
pub(super) fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file)
        .with_context(|| format!("could not read the recipe `{}`", file.display()))
}

/// Checks the recipe as if it lay beside a flake.nix: a file of the user's overrides the built-in recipe.
fn check(console: &Console, file: &Path) -> Result<ExitCode> {
    let text = read(file)?;
    let name = file.file_name().and_then(|name| name.to_str());
    let Some(path) = name.and_then(RepoPath::new) else {
        bail!("`{}` is no name for a recipe", file.display());
    };
    let mut sources = vec![Source::in_repo(path.clone(), text.as_str())];
    if path.name() == USER_FILE {
        sources.insert(0, Source::built_in());
    }
    match Recipe::load(sources, &Flags::default(), &RepoPath::root()) {
        Ok(recipe) => {
            console.print(&report::recipe(&file.display().to_string(), &recipe))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            let text: Rc<str> = Rc::from(text);
            let of_file = |asked: &RepoPath| (*asked == path).then(|| text.clone());
            console.complain(&report::messages(&problems, console.err, &of_file))?;
            Ok(ExitCode::from(REFUSED))
        }
    }
}

fn write_new(console: &Console, file: &Path) -> Result<ExitCode> {
    let created =
        File::create_new(file).and_then(|mut created| created.write_all(SKELETON.as_bytes()));
    match created {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!(
                "`{}` is there already, and it stays as it is",
                file.display()
            )
        }
        Err(error) => {
            let failed = format!("could not write the recipe `{}`", file.display());
            return Err(error).context(failed);
        }
    }
    let name = file.display();
    console.say(&format!(
        "wrote `{name}`; `nixfix recipe check {name}` says what is wrong with it\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}
