//! `nixfix hook`: the check of what is staged, before each commit.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::console::Console;
use super::locate::Site;
use super::{Wanted, refuse};
use crate::cli::{Format, HookAction, Migration, ProfileChoices};
use crate::git::Repo;
use crate::hook::{self, Check, Outcome};
use crate::report::visible;

/// Runs `nixfix hook`.
pub(super) fn hook(console: &Console, action: &HookAction) -> Result<ExitCode> {
    let outcome = match action {
        HookAction::Install { target, recipe } => {
            let site = Site::find(console, target.path.as_deref())?;
            let profiles = ProfileChoices {
                recipe: recipe.clone(),
                ..ProfileChoices::default()
            };
            // The hook would refuse every commit because of what is wrong with the recipe.
            if let Err(problems) = Wanted::read(&site, &Migration::of_profiles(profiles))? {
                return refuse(console, &site, Format::Human, problems);
            }
            let recipe = recipe.as_deref();
            let check = Check {
                flake: site.directory(),
                recipe: recipe.map(|file| site.recipe_place(file)).transpose()?,
            };
            hook::install(&site.repo.own_hooks()?, &check)?
        }
        // The flake may be gone.
        HookAction::Uninstall(target) => {
            let place = target.path.as_deref().unwrap_or(Path::new("."));
            hook::uninstall(&Repo::discover(place)?.own_hooks()?)?
        }
    };
    match outcome {
        Outcome::Unchanged => {}
        Outcome::Written(file) => {
            console.say(&visible(&format!("wrote `{}`\n", file.display())))?
        }
        Outcome::Removed(file) => {
            console.say(&visible(&format!("removed `{}`\n", file.display())))?
        }
    }
    Ok(ExitCode::SUCCESS)
}
