//! The command line as types. Parses and explains; decides nothing.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod choice;
mod options;

pub use choice::{HomeChoice, ProfileChoice};
pub use options::{
    Commit, DataFormat, Format, Global, Limit, Lock, Migration, PASS_NAMES, ProfileChoices, Target,
    When,
};

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or nothing to do; a dry run too
  1  `check` found something pending, or `verify` something wrong
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
  nixfix apply --recipe sops.toml                   another migration than that of llama.cpp
  nixfix apply --home home/me.nix=llama-cpp-vulkan  a package for Home Manager as well
  nixfix apply --dry-run --format patch | git apply";

const CHECK_EXAMPLES: &str = "\
Examples:
  nixfix check                            exit 1 and the diff while something is pending
  nixfix check --staged                   the same for what is staged, for a pre-commit hook
  nixfix check --format json | jq .status";

const SHOW_EXAMPLES: &str = "\
Examples:
  nixfix show
  nixfix show ~/nixos --format json | jq '.hosts[].profile'";

const INIT_EXAMPLES: &str = "\
Examples:
  nixfix init --dry-run                   show what would be written
  nixfix init                             write nixfix.toml, or add the hosts that it lacks
  nixfix init ~/nixos";

const VERIFY_EXAMPLES: &str = "\
Examples:
  nixfix verify                           every host evaluates and has the package of its profile
  nixfix verify --check --flags           also `nix flake check`, and how llama.cpp is built
  nixfix verify --build carbon            also build carbon's package
  nixfix verify --format json | jq '.hosts[] | select(.status == \"failed\")'";

const HOOK_EXAMPLES: &str = "\
Examples:
  nixfix hook install                     git stops a commit that is not migrated
  nixfix hook uninstall";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  nixfix explain                          every code, a line for each
  nixfix explain profile-contradictory    what it means, an example, and how to go on";

const RECIPE_EXAMPLES: &str = "\
Examples:
  nixfix recipe new sops.toml             a recipe to fill in, every key explained
  nixfix recipe check sops.toml           what is wrong with it, and where
  nixfix apply --recipe sops.toml --dry-run";

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
    /// Write each host's profile and why into nixfix.toml, beside flake.nix; a host that has a line there keeps it
    #[command(after_help = INIT_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{INIT_EXAMPLES}"))]
    Init(Init),
    /// Ask your own Nix whether every host evaluates and has the package of its profile; write nothing
    #[command(after_help = VERIFY_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{VERIFY_EXAMPLES}"))]
    Verify(Verify),
    /// Tell what a diagnostic code means and how to go on; without CODE, list all codes
    #[command(after_help = EXPLAIN_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{EXPLAIN_EXAMPLES}"))]
    Explain {
        /// The code, as in `error[CODE]`
        code: Option<String>,
    },
    /// Write a recipe of your own, or check one: what `--recipe` adds and removes
    #[command(after_help = RECIPE_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{RECIPE_EXAMPLES}"))]
    Recipe {
        /// What to do with the recipe.
        #[command(subcommand)]
        action: RecipeAction,
    },
    /// Install or remove a git hook that runs `nixfix check --staged` before each commit
    #[command(after_help = HOOK_EXAMPLES, after_long_help = format!("{EXIT_CODES}\n\n{HOOK_EXAMPLES}"))]
    Hook {
        /// What to do with the hook.
        #[command(subcommand)]
        action: HookAction,
    },
}

/// `nixfix recipe`.
#[derive(Debug, Subcommand)]
pub enum RecipeAction {
    /// Say what is wrong with a recipe, or what it does; a nixfix.toml is checked over the built-in recipe
    #[command(after_help = RECIPE_EXAMPLES)]
    Check {
        /// The recipe
        file: PathBuf,
    },
    /// Write a recipe with every key explained, to be filled in
    #[command(after_help = RECIPE_EXAMPLES)]
    New {
        /// Where to write it [default: stdout]
        file: Option<PathBuf>,
    },
}

/// `nixfix hook`.
#[derive(Debug, Subcommand)]
pub enum HookAction {
    /// Write the pre-commit hook, unless there is another one
    Install(Target),
    /// Remove the pre-commit hook, if it is the one that `install` writes
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
    /// How to print it
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: DataFormat,
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
