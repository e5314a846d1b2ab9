//! The real Nix, on the user's machine: the only module that runs it.
//!
//! It asks with what Nix 2.8, newer ones and Lix have in common, and never lets Nix write into the repository, but for
//! [`Nix::lock`], whose purpose that is. A question has three outcomes: an answer, Nix's own message on why there is
//! none, and an error where Nix could not be asked at all.

mod command;
mod interrupt;
pub mod lock;
mod message;
mod quote;

use std::env;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use self::command::{Finished, Messages};

pub use self::command::Interrupted;

/// What Nix answers, or its message on why it does not.
pub type Answer<T> = std::result::Result<T, String>;

/// How long a question may take by default, in seconds: a big host on a slow machine takes a few minutes.
pub const DEFAULT_LIMIT: u64 = 600;

/// The user's `nix`, for one flake.
#[derive(Debug)]
pub struct Nix {
    program: PathBuf,
    directory: PathBuf,
    limit: Duration,
}

/// What Nix says of a host.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct HostAnswer {
    /// Its platform.
    pub system: Option<String>,
    /// What was asked for, in this order.
    pub packages: Vec<PackageAnswer>,
}

/// What Nix says of a package of a host.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PackageAnswer {
    /// Its attribute name.
    pub name: String,
    /// Whether the host's `pkgs` has that attribute.
    pub exists: bool,
    /// Its derivation, if it evaluates.
    pub derivation: Option<String>,
    /// Whether it is in `environment.systemPackages`.
    pub installed: bool,
    /// Its `cmakeFlags`.
    pub flags: Vec<String>,
}

/// How to ask for packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// One that throws is told from the others, without its message.
    Leniently,
    /// One that throws is the answer: Nix's message.
    Strictly,
}

impl Nix {
    /// The `nix` on the path, for the flake in `directory`; each question may take `limit`.
    pub fn find(directory: &Path, limit: Duration) -> Option<Nix> {
        let is_program = |file: &PathBuf| {
            file.metadata().is_ok_and(|metadata| {
                metadata.is_file() && metadata.permissions().mode() & 0o111 != 0
            })
        };
        let path = env::var_os("PATH")?;
        // Nix runs in the flake's directory: an entry that is relative would mean another one there.
        let entries = env::split_paths(&path).filter(|entry| entry.is_absolute());
        let program = entries.map(|entry| entry.join("nix")).find(is_program)?;
        Some(Nix {
            program,
            directory: directory.to_owned(),
            limit,
        })
    }

    /// The names of the hosts.
    ///
    /// # Errors
    /// Nix knows no flakes, is too slow, or was interrupted. So with every question.
    pub fn hosts(&self) -> Result<Answer<Vec<String>>> {
        self.eval("builtins.attrNames")
    }

    /// Whether `host` evaluates, and what it says of `packages`, all in one evaluation.
    ///
    /// # Errors
    /// As with [`Nix::hosts`].
    pub fn host(
        &self,
        host: &str,
        packages: &[String],
        asking: Asking,
    ) -> Result<Answer<HostAnswer>> {
        let (host, packages) = (quote::string(host), quote::list(packages));
        let strict = asking == Asking::Strictly;
        let question = include_str!("nix/host.nix");
        self.eval(&format!(
            "(\n{question}) {{ host = {host}; packages = {packages}; strict = {strict}; }}"
        ))
    }

    /// `nix flake check`, without building.
    ///
    /// # Errors
    /// As with [`Nix::hosts`].
    pub fn check(&self) -> Result<Answer<()>> {
        let finished = self.run(
            &["flake", "check"],
            &["--no-build", "--no-write-lock-file"],
            Some(self.limit),
        )?;
        Ok(outcome(finished).map(drop))
    }

    /// Builds the package `package` of `host`, with Nix's progress for the user to see, and without a time limit.
    ///
    /// # Errors
    /// The host has a name that Nix cannot be given, or the build was interrupted.
    pub fn build(&self, host: &str, package: &str) -> Result<bool> {
        let path = quote::fragment(&["nixosConfigurations", host, "pkgs", package]);
        let path = path.with_context(|| {
            format!("the command line of nix has no way to write the host's name `{host}`")
        })?;
        let mut command = self.command(&["build"]);
        command.args(["--no-link", "--no-write-lock-file", &format!(".#{path}")]);
        Ok(command::run(command, None, Messages::Shown)?.success)
    }

    /// Adds what flake.lock lacks, and writes it.
    ///
    /// # Errors
    /// As with [`Nix::hosts`].
    pub fn lock(&self) -> Result<Answer<()>> {
        Ok(outcome(self.run(&["flake", "lock"], &[], Some(self.limit))?).map(drop))
    }

    /// `function` applied to `nixosConfigurations`. A host's name stands in an expression only, where all names can.
    fn eval<T: DeserializeOwned>(&self, function: &str) -> Result<Answer<T>> {
        let arguments = [
            "--no-write-lock-file",
            "--json",
            ".#nixosConfigurations",
            "--apply",
            function,
        ];
        let finished = self.run(&["eval"], &arguments, Some(self.limit))?;
        match outcome(finished) {
            Ok(output) => Ok(Ok(
                serde_json::from_str(&output).context("could not read the answer of nix")?
            )),
            Err(message) => Ok(Err(message)),
        }
    }

    fn run(
        &self,
        subcommand: &[&str],
        arguments: &[&str],
        limit: Option<Duration>,
    ) -> Result<Finished> {
        let mut command = self.command(subcommand);
        command.args(arguments);
        let finished = command::run(command, limit, Messages::Kept)?;
        if !finished.success
            && let Some(why) = message::no_flakes(&finished.messages)
        {
            bail!(why);
        }
        Ok(finished)
    }

    fn command(&self, subcommand: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(subcommand)
            .args(["--extra-experimental-features", "nix-command flakes"]);
        command.current_dir(&self.directory);
        command
    }
}

fn outcome(finished: Finished) -> Answer<String> {
    if finished.success {
        Ok(finished.output)
    } else {
        Err(message::error(&finished.messages))
    }
}
