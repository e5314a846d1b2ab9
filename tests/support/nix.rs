//! Runs `nix-instantiate` on `tests/nix/evaluate.nix`: the only file of the tests that starts Nix.
//!
//! Nix gets a store, state and configuration of its own in a temporary directory, so it needs no daemon, no network
//! and no rights, and leaves nothing behind.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

const MISSING: &str = "`nix-instantiate` is not on the path, and these tests ask the real Nix; \
    install it with `apt-get install nix-bin` (Debian, Ubuntu) or from https://nixos.org/download";

/// A Nix with a store of its own.
pub struct Nix {
    program: &'static str,
    home: TempDir,
    specs: AtomicUsize,
}

impl Nix {
    /// The `nix-instantiate` on the path, with an empty store; where there is none, an error with the way to install it.
    pub fn new() -> Result<Nix> {
        Nix::of("nix-instantiate")
    }

    /// The same, by another name.
    pub fn of(program: &'static str) -> Result<Nix> {
        let found = Command::new(program).arg("--version").output();
        if !found.is_ok_and(|output| output.status.success()) {
            bail!(MISSING);
        }
        let home = tempfile::tempdir().context("create a store for nix")?;
        let nix = Nix {
            program,
            home,
            specs: AtomicUsize::new(0),
        };
        // The first process makes the store. Two that are the first would get into each other's way.
        let first = nix.command().args(["--eval", "--expr", "null"]).output();
        first.context("make a store for nix")?;
        Ok(nix)
    }

    /// A directory of this Nix, for the repositories it is to read.
    pub fn directory(&self) -> PathBuf {
        // Nix resolves symbolic links (macOS' /tmp is one), and the answers must name the same path.
        let home = self.home.path();
        home.canonicalize()
            .unwrap_or_else(|_| home.to_path_buf())
            .join("repos")
    }

    /// What `evaluate.nix` answers to the runs of `spec`, in order, up to the first that fails.
    pub fn evaluate(&self, spec: &Value) -> Result<Answers> {
        self.eval("evaluate.nix", spec)
    }

    /// What a file of `tests/nix` answers, given `spec`.
    pub fn eval(&self, file: &str, spec: &Value) -> Result<Answers> {
        let number = self.specs.fetch_add(1, Ordering::Relaxed);
        let spec_file = self.home.path().join(format!("spec{number}.json"));
        fs::write(&spec_file, spec.to_string()).context("write the spec for nix")?;
        let stubs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nix");
        let output = self
            .command()
            .args(["--eval", "--strict"])
            .arg(stubs.join(file))
            .env("NIXFIX_SPEC", &spec_file)
            .env("NIXFIX_STUBS", &stubs)
            .output()
            .context("run nix-instantiate")?;
        Answers::read(&output)
    }

    /// Nix's message on the first of `files` that does not parse or uses an undefined name.
    pub fn parse(&self, files: &[PathBuf]) -> Result<Option<String>> {
        if files.is_empty() {
            return Ok(None);
        }
        let mut command = self.command();
        let output = command.arg("--parse").args(files).output();
        let output = output.context("run nix-instantiate")?;
        let message = String::from_utf8_lossy(&output.stderr);
        Ok((!output.status.success()).then(|| message.trim().to_string()))
    }

    fn command(&self) -> Command {
        let home = self.home.path();
        let mut command = Command::new(self.program);
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

impl Drop for Nix {
    /// Directories in a store are read-only, which would keep the temporary directory from being removed.
    fn drop(&mut self) {
        make_writable(&self.home.path().join("store"));
    }
}

fn make_writable(directory: &Path) {
    // What fails here stays behind in the temporary directory; there is nobody to tell.
    let _ = fs::set_permissions(directory, fs::Permissions::from_mode(0o755));
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            make_writable(&entry.path());
        }
    }
}

/// What one Nix process had to say.
pub struct Answers {
    /// One answer for each run until the end or the failure.
    pub values: Vec<Value>,
    /// Nix's message, if the run after the last answer failed.
    pub failure: Option<String>,
}

impl Answers {
    fn read(output: &Output) -> Result<Answers> {
        const MARK: &str = "trace: answer ";
        let text = String::from_utf8_lossy(&output.stderr);
        let (answers, rest): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| line.starts_with(MARK));
        let values = answers
            .iter()
            .map(|line| serde_json::from_str(&line[MARK.len()..]))
            .collect::<Result<Vec<Value>, _>>()
            .context("read what evaluate.nix answered")?;
        let failure = (!output.status.success()).then(|| rest.join("\n").trim().to_string());
        Ok(Answers { values, failure })
    }
}
