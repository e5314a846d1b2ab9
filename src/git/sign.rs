//! Signing: the program that git would run, as git runs it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};
use git2::{Config, ErrorCode, Signature};

use super::Repo;

/// Whether a commit is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sign {
    /// As `commit.gpgSign` says.
    #[default]
    AsConfigured,
    /// Yes.
    Always,
    /// No.
    Never,
}

/// A program that signs, and its key.
#[derive(Debug)]
pub(super) struct Signer {
    program: Program,
    /// The root of the work tree, where git runs it: a key's path may be relative.
    root: PathBuf,
}

#[derive(Debug)]
enum Program {
    /// `gpg` or `gpgsm`.
    Gpg { program: PathBuf, key: String },
    /// `ssh-keygen`.
    Ssh { program: PathBuf, key: String },
}

impl Repo {
    pub(super) fn signer(&self, sign: Sign, committer: &Signature<'_>) -> Result<Option<Signer>> {
        let config = self.git.config().and_then(|mut config| config.snapshot());
        let config = config.context("could not read git's config")?;
        let wanted = match sign {
            Sign::Always => true,
            Sign::Never => false,
            Sign::AsConfigured => optional(config.get_bool("commit.gpgSign"))?.unwrap_or(false),
        };
        if !wanted {
            return Ok(None);
        }
        Ok(Some(Signer {
            program: Program::read(&config, committer, &self.root)?,
            root: self.root.clone(),
        }))
    }
}

impl Signer {
    /// The detached, armoured signature of `text`.
    pub(super) fn sign(&self, text: &str) -> Result<String> {
        let signature = match &self.program {
            Program::Gpg { program, key } => sign_with_gpg(self.start(program), key, text)?,
            Program::Ssh { program, key } => sign_with_ssh(self.start(program), key, text)?,
        };
        // libgit2 would make an empty header line of the last line end; git does not.
        Ok(signature.replace("\r\n", "\n").trim_end().to_owned())
    }

    fn start(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }
}

impl Program {
    fn read(config: &Config, committer: &Signature<'_>, root: &Path) -> Result<Program> {
        let text = |key: &str| optional(config.get_string(key));
        let program = |key: &str, default: &str| -> Result<PathBuf> {
            Ok(optional(config.get_path(key))?.unwrap_or_else(|| default.into()))
        };
        let key = text("user.signingKey")?;
        let or_committer = |key: Option<String>| key.unwrap_or_else(|| committer.to_string());
        match text("gpg.format")?.as_deref().unwrap_or("openpgp") {
            "openpgp" => {
                let old = program("gpg.program", "gpg")?;
                let program = optional(config.get_path("gpg.openpgp.program"))?.unwrap_or(old);
                Ok(Program::Gpg {
                    program,
                    key: or_committer(key),
                })
            }
            "x509" => Ok(Program::Gpg {
                program: program("gpg.x509.program", "gpgsm")?,
                key: or_committer(key),
            }),
            "ssh" => Ok(Program::Ssh {
                program: program("gpg.ssh.program", "ssh-keygen")?,
                key: ssh_key(config, key, root)?,
            }),
            other => bail!("git knows no `gpg.format` of `{other}`"),
        }
    }
}

fn sign_with_gpg(mut command: Command, key: &str, text: &str) -> Result<String> {
    command.args(["--status-fd=2", "-bsau", key]);
    let output = feed(command, text)?;
    let status = String::from_utf8_lossy(&output.stderr);
    // gpg may end well without having signed.
    let signed = status
        .lines()
        .any(|line| line.starts_with("[GNUPG:] SIG_CREATED "));
    if !output.status.success() || !signed {
        bail!("the signer failed: {}", status.trim_end());
    }
    String::from_utf8(output.stdout).context("the signature is not text")
}

fn sign_with_ssh(mut command: Command, key: &str, text: &str) -> Result<String> {
    let directory = tempfile::tempdir().context("could not create a temporary directory")?;
    let (key_file, buffer) = (
        directory.path().join("key"),
        directory.path().join("buffer"),
    );
    fs::write(&buffer, text).context("could not write the commit for the signer")?;
    command.args(["-Y", "sign", "-n", "git", "-f"]);
    match literal_ssh_key(key) {
        // The agent has the private part.
        Some(literal) => {
            fs::write(&key_file, literal).context("could not write the key for the signer")?;
            command.arg(&key_file).arg("-U");
        }
        None => drop(command.arg(key)),
    }
    command.arg(&buffer);
    let output = feed(command, "")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("the signer failed: {}", said.trim_end());
    }
    fs::read_to_string(buffer.with_extension("sig")).context("could not read the signature")
}

/// The key as git finds it: a literal, a file with `~`, or the first that a command prints.
fn ssh_key(config: &Config, key: Option<String>, root: &Path) -> Result<String> {
    if let Some(key) = key.filter(|key| !key.is_empty()) {
        if literal_ssh_key(&key).is_some() {
            return Ok(key);
        }
        let path = config.get_path("user.signingKey");
        let path = path.context("could not read `user.signingKey`")?;
        return Ok(path.to_string_lossy().into_owned());
    }
    let Some(command) = optional(config.get_string("gpg.ssh.defaultKeyCommand"))? else {
        bail!("signing with ssh needs `user.signingKey` or `gpg.ssh.defaultKeyCommand`");
    };
    let mut shell = Command::new("sh");
    shell.current_dir(root).args(["-c", &command]);
    let output = feed(shell, "")?;
    let keys = String::from_utf8_lossy(&output.stdout);
    match keys.lines().next() {
        Some(key) if output.status.success() && literal_ssh_key(key).is_some() => Ok(key.into()),
        _ => bail!("`gpg.ssh.defaultKeyCommand` gave no key"),
    }
}

fn literal_ssh_key(key: &str) -> Option<&str> {
    key.strip_prefix("key::")
        .or_else(|| key.starts_with("ssh-").then_some(key))
}

fn feed(mut command: Command, text: &str) -> Result<Output> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut run = || -> std::io::Result<Output> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take();
        // A program that does not read its input fails by its exit code.
        let _ = input.as_mut().map(|input| input.write_all(text.as_bytes()));
        drop(input);
        child.wait_with_output()
    };
    run().with_context(|| format!("could not run `{name}`"))
}

fn optional<T>(value: Result<T, git2::Error>) -> Result<Option<T>> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error).context("could not read git's config"),
    }
}
