//! Runs `nix-instantiate` on `tests/nix/evaluate.nix`: the only file of the tests that starts Nix.
//!
//! Nix gets a store, state and configuration of its own in a temporary directory, so it needs no daemon, no network
//! and no rights, and leaves nothing behind.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

const MISSING: &str = "`nix-instantiate` is not on the path, and these tests ask the real Nix; \
    install it with `apt-get install nix-bin` (Debian, Ubuntu) or from https://nixos.org/download";

/// A Nix with a store of its own.
pub struct Nix {
    home: TempDir,
    specs: AtomicUsize,
}

impl Nix {
    /// An empty store; fails, with the way to install it, where there is no Nix.
    pub fn new() -> Result<Nix> {
        let found = Command::new("nix-instantiate").arg("--version").output();
        if !found.is_ok_and(|output| output.status.success()) {
            bail!(MISSING);
        }
        let home = tempfile::tempdir().context("create a store for nix")?;
        Ok(Nix {
            home,
            specs: AtomicUsize::new(0),
        })
    }

    /// A directory of this Nix, for the repositories it is to read.
    pub fn directory(&self) -> PathBuf {
        // Nix resolves symbolic links (macOS' /tmp is one), and the answers must name the same path.
        let home = self.home.path();
        home.canonicalize()
            .unwrap_or_else(|_| home.to_path_buf())
            .join("repos")
    }

    /// What `evaluate.nix` answers to `spec`, or Nix's own message.
    pub fn evaluate(&self, spec: &Value) -> Result<Value, String> {
        let stubs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nix");
        let number = self.specs.fetch_add(1, Ordering::Relaxed);
        let spec_file = self.home.path().join(format!("spec{number}.json"));
        std::fs::write(&spec_file, spec.to_string()).map_err(|error| error.to_string())?;
        let output = self
            .command()
            .args(["--eval", "--strict", "--json"])
            .arg(stubs.join("evaluate.nix"))
            .env("NIXFIX_SPEC", &spec_file)
            .env("NIXFIX_STUBS", &stubs)
            .output()
            .map_err(|error| format!("run nix-instantiate: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).trim().to_string());
        }
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
    }

    /// Whether every one of `files` parses and uses no undefined name; else Nix's own message.
    pub fn parse(&self, files: &[PathBuf]) -> Result<(), String> {
        if files.is_empty() {
            return Ok(());
        }
        let output = self
            .command()
            .arg("--parse")
            .args(files)
            .output()
            .map_err(|error| format!("run nix-instantiate: {error}"))?;
        if output.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).trim().to_string())
        }
    }

    fn command(&self) -> Command {
        let home = self.home.path();
        let mut command = Command::new("nix-instantiate");
        command
            // `"${./file}"` copies into the store.
            .arg("--read-write-mode")
            .args(["--option", "build-users-group", ""])
            .args(["--option", "fsync-metadata", "false"])
            .env_remove("NIX_PATH")
            .env_remove("NIX_REMOTE")
            .env_remove("NIX_CONFIG")
            .env_remove("NIX_USER_CONF_FILES")
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("NIX_CONF_DIR", home.join("etc"))
            .env("NIX_STORE_DIR", home.join("store"))
            .env("NIX_STATE_DIR", home.join("state"))
            .env("NIX_LOG_DIR", home.join("log"));
        command
    }
}
