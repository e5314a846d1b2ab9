//! `nixfix hook`: the check of what is staged, before each commit.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::console::Console;
use super::locate::Site;
use crate::cli::HookAction;
use crate::git::Repo;
use crate::hook::{self, Outcome};
use crate::report::visible;

/// Runs `nixfix hook`.
pub(super) fn hook(console: &Console, action: &HookAction) -> Result<ExitCode> {
    let outcome = match action {
        HookAction::Install(target) => {
            let site = Site::find(console, target.path.as_deref())?;
            hook::install(&site.repo.own_hooks()?, &site.directory())?
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
