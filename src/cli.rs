//! The command line as types. Parses and explains; decides nothing.

use clap::{Args, Parser, Subcommand};

mod choice;
mod options;

pub use choice::{HomeChoice, ProfileChoice};
pub use options::{
    Commit, DataFormat, Format, Global, Lock, Migration, PASS_NAMES, ProfileChoices, Target, When,
};

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or nothing to do; a dry run too
  1  `check` found something pending
  2  refused or failed, and nothing was written; a usage error too";

const EXAMPLES: &str = "\
Examples:
  nixfix show                             what nixfix sees in the flake around you
  nixfix apply --dry-run                  the diff, and nothing else
  nixfix apply --profile carbon=cuda      migrate, and say which profile carbon gets
  nixfix check                            for CI: fails while something is pending";

const APPLY_EXAMPLES: &str = "\
Examples:
  nixfix apply --dry-run                            show the diff, write nothing
  nixfix apply ~/nixos --profile carbon=cuda        migrate another flake, one profile given
  nixfix apply --only add-input --no-commit         one step, left for you to commit
  nixfix apply --home home/me.nix=llama-cpp-vulkan  a package for Home Manager as well
  nixfix apply --dry-run --format patch | git apply";

const CHECK_EXAMPLES: &str = "\
Examples:
  nixfix check                            exit 1 and the diff while something is pending
  nixfix check --format json | jq .status";

const SHOW_EXAMPLES: &str = "\
Examples:
  nixfix show
  nixfix show ~/nixos --format json | jq '.hosts[].profile'";

/// Moves a NixOS flake to the official llama.cpp flake: input, overlay and hardware profiles, proven and committed
///
/// nixfix finds every host by evaluating the flake without Nix, edits only what it must, and proves the edited tree
/// before it shows it. What cannot be proven is refused with its place and a snippet to paste.
#[derive(Debug, Parser)]
#[command(
    name = "nixfix",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    propagate_version = true
)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"))]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Flags of every command.
    #[command(flatten)]
    pub global: Global,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Plan, prove, show the diff, write and commit
    #[command(after_help = APPLY_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{APPLY_EXAMPLES}"))]
    Apply(Box<Apply>),
    /// Fail and show the diff while something is pending; write nothing
    #[command(after_help = CHECK_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{CHECK_EXAMPLES}"))]
    Check(Check),
    /// Show the inputs, hosts, overlays, machine files and profiles that nixfix sees
    #[command(after_help = SHOW_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{SHOW_EXAMPLES}"))]
    Show(Show),
}

/// `nixfix apply`.
#[derive(Debug, Args)]
pub struct Apply {
    /// Where the flake is.
    #[command(flatten)]
    pub target: Target,
    /// What to migrate to.
    #[command(flatten)]
    pub migration: Migration,
    /// Stop after the diff: write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How to print what changes
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
    /// How the result gets into git.
    #[command(flatten)]
    pub commit: Commit,
    /// What happens to flake.lock.
    #[command(flatten)]
    pub lock: Lock,
}

/// `nixfix check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Where the flake is.
    #[command(flatten)]
    pub target: Target,
    /// What to migrate to.
    #[command(flatten)]
    pub migration: Migration,
    /// How to print what is pending
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// `nixfix show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Where the flake is.
    #[command(flatten)]
    pub target: Target,
    /// The profiles that the user gives.
    #[command(flatten)]
    pub profiles: ProfileChoices,
    /// How to print it
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: DataFormat,
}

#[cfg(test)]
mod tests;
