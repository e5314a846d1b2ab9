//! The command line as types. Parses and explains; decides nothing.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueHint};

mod choice;
mod examples;
mod options;

pub use choice::{HomeChoice, ProfileChoice};
pub use options::{
    Commit, DataFormat, Format, Global, Limit, Lock, Migration, PASS_NAMES, ProfileChoices, Shell,
    ShowFormat, Target, When,
};

/// Moves a NixOS flake to the official llama.cpp flake, or by a recipe of your own: proven, shown and committed
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
#[command(after_help = examples::ALL, after_long_help = examples::long(examples::ALL))]
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
    #[command(after_help = examples::APPLY, after_long_help = examples::long(examples::APPLY))]
    Apply(Box<Apply>),
    /// Fail and show the diff while something is pending; write nothing
    #[command(after_help = examples::CHECK, after_long_help = examples::long(examples::CHECK))]
    Check(Check),
    /// Show the inputs, hosts, overlays, machine files and profiles that nixfix sees
    #[command(after_help = examples::SHOW, after_long_help = examples::long(examples::SHOW))]
    Show(Show),
    /// Write each host's profile and why into nixfix.toml, beside flake.nix; a host that has a line there keeps it
    #[command(after_help = examples::INIT, after_long_help = examples::long(examples::INIT))]
    Init(Init),
    /// Ask your own Nix whether every host evaluates and has the package of its profile; write nothing
    #[command(after_help = examples::VERIFY, after_long_help = examples::long(examples::VERIFY))]
    Verify(Verify),
    /// Tell what a diagnostic code means and how to go on; without CODE, list all codes
    #[command(after_help = examples::EXPLAIN, after_long_help = examples::long(examples::EXPLAIN))]
    Explain {
        /// The code, as in `error[CODE]`
        code: Option<String>,
    },
    /// Write a recipe of your own, or check one: what `--recipe` adds and removes
    #[command(after_help = examples::RECIPE, after_long_help = examples::long(examples::RECIPE))]
    Recipe {
        /// What to do with the recipe.
        #[command(subcommand)]
        action: RecipeAction,
    },
    /// Install or remove a git hook that runs `nixfix check --staged` before each commit
    #[command(after_help = examples::HOOK, after_long_help = examples::long(examples::HOOK))]
    Hook {
        /// What to do with the hook.
        #[command(subcommand)]
        action: HookAction,
    },
    /// Print completions for a shell, with the hosts and profiles of the flake at hand
    #[command(after_help = examples::COMPLETIONS, after_long_help = examples::long(examples::COMPLETIONS))]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Write the manual pages to DIR; without, print the first one
    #[command(after_help = examples::MAN, after_long_help = examples::long(examples::MAN))]
    Man {
        /// Where to write them
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        directory: Option<PathBuf>,
    },
}

/// `nixfix recipe`.
#[derive(Debug, Subcommand)]
pub enum RecipeAction {
    /// Say what is wrong with a recipe, or what it does; a nixfix.toml is checked over the built-in recipe
    #[command(after_help = examples::RECIPE_CHECK, after_long_help = examples::long(examples::RECIPE_CHECK))]
    Check {
        /// The recipe
        file: PathBuf,
    },
    /// Write a recipe with every key explained, to be filled in
    #[command(after_help = examples::RECIPE_NEW, after_long_help = examples::long(examples::RECIPE_NEW))]
    New {
        /// Where to write it [default: stdout]
        file: Option<PathBuf>,
    },
}

/// `nixfix hook`.
#[derive(Debug, Subcommand)]
pub enum HookAction {
    /// Write the pre-commit hook, unless there is another one
    #[command(after_help = examples::HOOK_INSTALL, after_long_help = examples::long(examples::HOOK_INSTALL))]
    Install {
        /// Where the flake is.
        #[command(flatten)]
        target: Target,
        /// Have the hook follow the recipe FILE instead of the built-in one, which is about llama.cpp
        #[arg(long, value_name = "FILE", help_heading = "Migration")]
        recipe: Option<PathBuf>,
    },
    /// Remove the pre-commit hook, if it is the one that `install` writes
    #[command(after_help = examples::HOOK_UNINSTALL, after_long_help = examples::long(examples::HOOK_UNINSTALL))]
    Uninstall(Target),
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
    /// Go through the changes one by one: accept, skip, choose a profile, see the evidence; needs a terminal
    #[arg(short, long)]
    pub interactive: bool,
    /// How to print what changes
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
    /// How the result gets into git.
    #[command(flatten)]
    pub commit: Commit,
    /// What happens to flake.lock.
    #[command(flatten)]
    pub lock: Lock,
    /// Before committing, ask Nix as `nixfix verify` does; put everything back if something is wrong
    #[arg(long, conflicts_with = "dry_run", help_heading = "Nix")]
    pub verify: bool,
    /// How long Nix may take.
    #[command(flatten)]
    pub limit: Limit,
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
    /// Look at what is staged, which git would commit now, not at the files on the disk
    #[arg(long, help_heading = "Git")]
    pub staged: bool,
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
    /// Show everything known of HOST alone
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Show how the flake hangs together: hosts, their modules, what these import, where overlays are applied
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub tree: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: ShowFormat,
}

/// `nixfix init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where the flake is.
    #[command(flatten)]
    pub target: Target,
    /// Stop after the diff: write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `nixfix verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// Where the flake is.
    #[command(flatten)]
    pub target: Target,
    /// The profiles that the user gives.
    #[command(flatten)]
    pub profiles: ProfileChoices,
    /// Also run `nix flake check --no-build`
    #[arg(long, help_heading = "Nix")]
    pub check: bool,
    /// Also build the package of HOST's profile, without installing it (repeatable)
    #[arg(long, value_name = "HOST", help_heading = "Nix")]
    pub build: Vec<String>,
    /// Also print the cmakeFlags of each host's package
    #[arg(long, help_heading = "Nix")]
    pub flags: bool,
    /// How long Nix may take.
    #[command(flatten)]
    pub limit: Limit,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: DataFormat,
}

#[cfg(test)]
mod tests;
