//! `nixfix completions` and `nixfix man`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_mangen::Man;

use super::console::Console;
use crate::cli::{Cli, Shell};
use crate::shell;

/// Prints the script for `shell`.
pub(super) fn completions(console: &Console, shell: Shell) -> Result<ExitCode> {
    let script = shell::script(shell).context("could not make the script")?;
    console.print(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the manual, a page for each command, or prints the first page.
pub(super) fn man(console: &Console, directory: Option<&Path>) -> Result<ExitCode> {
    let Some(directory) = directory else {
        let mut page = Vec::new();
        Man::new(Cli::command())
            .render(&mut page)
            .context("could not make the manual")?;
        console.print(&String::from_utf8_lossy(&page))?;
        return Ok(ExitCode::SUCCESS);
    };
    let failed = || format!("could not write the manual to `{}`", directory.display());
    fs::create_dir_all(directory).with_context(failed)?;
    clap_mangen::generate_to(Cli::command(), directory).with_context(failed)?;
    console.say(&format!(
        "wrote the manual to `{0}`; `man {0}/nixfix.1` shows it\n",
        directory.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
