//! The options, in the groups that commands share.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, ValueEnum, value_parser};

use super::choice::{HomeChoice, ProfileChoice};
use crate::git::Sign;
use crate::nix::DEFAULT_LIMIT;

/// The names that `--only` and `--skip` take, in the order in which the passes run.
pub const PASS_NAMES: [&str; 9] = [
    "add-input",
    "write-overlay",
    "insert-overlay",
    "write-profiles",
    "import-profile",
    "insert-modules",
    "remove-overlay",
    "advanced-overlay",
    "home-packages",
];

/// Flags of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// When to colour the output
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        help_heading = "Output"
    )]
    pub color: When,
    /// Say only what is wrong
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help_heading = "Output"
    )]
    pub quiet: bool,
    /// Say what was decided and why, and how long it took; twice to trace the files read and the names not resolved
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = "Output")]
    pub verbose: u8,
    /// Do not use a pager, even where the terminal has no room [else: NIXFIX_PAGER, PAGER, or less]
    #[arg(long, global = true, help_heading = "Output")]
    pub no_pager: bool,
}

/// Where the flake is.
#[derive(Debug, Args)]
pub struct Target {
    /// A flake's directory or its flake.nix [default: the nearest one from here upwards]
    pub path: Option<PathBuf>,
}

/// The profiles that the user gives, and the recipe that has them.
#[derive(Debug, Clone, Default, Args)]
pub struct ProfileChoices {
    /// Give HOST the profile NAME, whatever its configuration suggests (repeatable)
    #[arg(long = "profile", value_name = "HOST=NAME", help_heading = "Migration")]
    pub profiles: Vec<ProfileChoice>,
    /// Follow the recipe FILE instead of the built-in one, which is about llama.cpp
    #[arg(long, value_name = "FILE", help_heading = "Migration")]
    pub recipe: Option<PathBuf>,
    /// Also use the overlay and profiles for one CPU architecture, such as `tiger-lake` and `ryzen-zen4`
    #[arg(long, help_heading = "Migration")]
    pub advanced: bool,
}

/// What to migrate to, and which part of it.
#[derive(Debug, Default, Args)]
pub struct Migration {
    /// The profiles that the user gives.
    #[command(flatten)]
    pub profiles: ProfileChoices,
    /// Add PACKAGE to `home.packages` in the Home Manager file FILE (repeatable)
    #[arg(long, value_name = "FILE=PACKAGE", help_heading = "Migration")]
    pub home: Vec<HomeChoice>,
    /// Delete the old overlay FILE and every reference to it, besides the recipe's (repeatable)
    #[arg(long, value_name = "FILE", help_heading = "Migration")]
    pub remove: Vec<PathBuf>,
    /// Accept that the new overlay redefines names that are in use or in another overlay
    #[arg(long, help_heading = "Migration")]
    pub shadow: bool,
    /// Run these passes only
    #[arg(
        long,
        value_name = "PASS,..",
        value_delimiter = ',',
        help_heading = "Migration"
    )]
    #[arg(value_parser = PossibleValuesParser::new(PASS_NAMES))]
    pub only: Vec<String>,
    /// Leave these passes out
    #[arg(
        long,
        value_name = "PASS,..",
        value_delimiter = ',',
        help_heading = "Migration"
    )]
    #[arg(value_parser = PossibleValuesParser::new(PASS_NAMES))]
    pub skip: Vec<String>,
    /// Migrate the hosts that can be, report the others
    #[arg(long, help_heading = "Migration")]
    pub keep_going: bool,
}

impl Migration {
    /// The whole migration, as far as it can be done, with these profiles.
    pub fn of_profiles(profiles: ProfileChoices) -> Migration {
        Migration {
            profiles,
            keep_going: true,
            ..Migration::default()
        }
    }
}

/// How the result gets into git.
#[derive(Debug, Args)]
pub struct Commit {
    /// Write and add to the index, but do not commit
    #[arg(long, conflicts_with_all = ["message", "branch", "sign", "no_sign"], help_heading = "Git")]
    pub no_commit: bool,
    /// The commit message [default: what was done]; given more than once, each is a paragraph
    #[arg(short, long, value_name = "TEXT", help_heading = "Git")]
    pub message: Vec<String>,
    /// Commit to the new branch NAME
    #[arg(long, value_name = "NAME", help_heading = "Git")]
    pub branch: Option<String>,
    /// Sign the commit [default: as `commit.gpgSign` says]
    #[arg(long, overrides_with = "no_sign", help_heading = "Git")]
    pub sign: bool,
    /// Do not sign the commit
    #[arg(long, overrides_with = "sign", help_heading = "Git")]
    pub no_sign: bool,
    /// Write files that have uncommitted changes
    #[arg(long, help_heading = "Git")]
    pub allow_dirty: bool,
}

impl Commit {
    /// The user's message, if there is one.
    pub fn text(&self) -> Option<String> {
        (!self.message.is_empty()).then(|| self.message.join("\n\n"))
    }

    /// Whether to sign.
    pub fn signing(&self) -> Sign {
        match (self.sign, self.no_sign) {
            (true, _) => Sign::Always,
            (_, true) => Sign::Never,
            (false, false) => Sign::AsConfigured,
        }
    }
}

/// What happens to flake.lock.
#[derive(Debug, Args)]
pub struct Lock {
    /// Add the new input to flake.lock, in the same commit [default where git tracks flake.lock and there is a nix]
    #[arg(long, overrides_with = "no_lock", help_heading = "Nix")]
    pub lock: bool,
    /// Leave flake.lock alone
    #[arg(long, overrides_with = "lock", help_heading = "Nix")]
    pub no_lock: bool,
}

/// How long Nix may take.
#[derive(Debug, Args)]
pub struct Limit {
    /// Stop Nix when it takes longer than this for one host or one command; builds may take as long as they like
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_LIMIT, help_heading = "Nix")]
    #[arg(value_parser = value_parser!(u64).range(1..))]
    pub timeout: u64,
}

impl Limit {
    /// The same, as a duration.
    pub fn duration(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Also into a file or pipe
    Always,
    /// Not at all
    Never,
}

/// A shell that completes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// Fish
    Fish,
    /// Nushell
    Nushell,
    /// Zsh
    Zsh,
}

/// How to print changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A summary and a diff
    #[default]
    Human,
    /// A patch for `git apply`
    Patch,
    /// One JSON object
    Json,
}

/// How `nixfix show` prints what it sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// A graph for Graphviz
    Dot,
}

/// How to print what was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
}
