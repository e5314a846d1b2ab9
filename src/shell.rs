//! What a shell asks of nixfix: completions, with the hosts, profiles and codes at hand.
//!
//! The scripts that `nixfix completions` prints call nixfix back with [`VARIABLE`] set and the words of the command line, so
//! they know every flag of the nixfix that is installed. Reads, writes nothing, and is silent where something is wrong.

mod bash;
mod candidates;
mod nushell;

use std::ffi::OsString;
use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::CompleteEnv;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::{Elvish, EnvCompleter, Fish, Shells, Zsh};

use self::bash::Bash;
use self::nushell::Nushell;
use crate::cli::{Cli, Shell};

/// The environment variable that makes a run a question of the shell; its value is the shell's name.
pub const VARIABLE: &str = "NIXFIX_COMPLETE";

const NAME: &str = "nixfix";

/// The command line with what completes its values.
pub fn command() -> Command {
    let values = |command: Command, id: &'static str, completer: ArgValueCompleter| {
        command.mut_arg(id, |argument| argument.add(completer))
    };
    let profile = || ArgValueCompleter::new(candidates::profile_choices);
    let host = || ArgValueCompleter::new(candidates::hosts);
    Cli::command()
        .mut_subcommand("apply", |it| values(it, "profiles", profile()))
        .mut_subcommand("check", |it| values(it, "profiles", profile()))
        .mut_subcommand("show", |it| {
            values(values(it, "profiles", profile()), "host", host())
        })
        .mut_subcommand("verify", |it| {
            values(values(it, "profiles", profile()), "build", host())
        })
        .mut_subcommand("explain", |it| {
            values(it, "code", ArgValueCompleter::new(candidates::codes))
        })
}

/// Answers a shell's question, if this run is one; says whether it was.
///
/// # Errors
/// The shell is not known, or nobody listens.
pub fn answer(arguments: Vec<OsString>, here: Option<&Path>) -> Result<bool, clap::Error> {
    CompleteEnv::with_factory(command)
        .var(VARIABLE)
        .shells(Shells(&[&Bash, &Elvish, &Fish, &Zsh, &Nushell]))
        .try_complete(arguments, here)
}

/// The script that a shell reads at its start.
///
/// # Errors
/// None but those of writing to memory.
pub fn script(shell: Shell) -> io::Result<String> {
    let completer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::Nushell => &Nushell,
        Shell::Zsh => &Zsh,
    };
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// A script of our own, with the names that clap asks for in the place of words in capitals.
fn filled(script: &str, variable: &str, binary: &str, completer: &str) -> String {
    script
        .replace("VARIABLE", variable)
        .replace("BINARY", binary)
        .replace("COMPLETER", completer)
}
