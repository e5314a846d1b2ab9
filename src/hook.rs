//! The pre-commit hook that nixfix installs: one line of shell that judges what is staged. A hook that somebody else
//! wrote, or edited, is never changed.

use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::path::RepoPath;

const NAME: &str = "pre-commit";
const HEAD: &str =
    "#!/bin/sh\n# Written by `nixfix hook install`; `nixfix hook uninstall` removes it.\nexec ";

/// What became of the hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is as it should be already.
    Unchanged,
    /// This file was written.
    Written(PathBuf),
    /// This file was removed.
    Removed(PathBuf),
}

/// Writes the hook for the flake in `flake` to the directory `hooks`.
///
/// # Errors
/// There is another hook, or the disk refuses.
pub fn install(hooks: &Path, flake: &RepoPath) -> Result<Outcome> {
    let file = hooks.join(NAME);
    let command = command(flake);
    let script = format!("{HEAD}{command}\n");
    match read(&file)? {
        None => {
            write(&file, &script)
                .with_context(|| format!("could not write the hook `{}`", file.display()))?;
            Ok(Outcome::Written(file))
        }
        Some(text) if text == script.as_bytes() => make_executable(file),
        Some(_) => bail!(
            "there is a hook `{}` already, and it stays as it is; add this line to it:\n  {command} || exit",
            file.display()
        ),
    }
}

/// Removes the hook from the directory `hooks`.
///
/// # Errors
/// The hook there is another one, or the disk refuses.
pub fn uninstall(hooks: &Path) -> Result<Outcome> {
    let file = hooks.join(NAME);
    let Some(text) = read(&file)? else {
        return Ok(Outcome::Unchanged);
    };
    if !is_ours(&text) {
        bail!(
            "the hook `{}` is not as `nixfix hook install` writes it, so it stays; \
             what it has of nixfix is yours to remove",
            file.display()
        );
    }
    fs::remove_file(&file)
        .with_context(|| format!("could not remove the hook `{}`", file.display()))?;
    Ok(Outcome::Removed(file))
}

/// The command for the flake in `flake`, as the shell reads it in the root of the work tree.
fn command(flake: &RepoPath) -> String {
    let directory = flake.as_str().replace('\'', r"'\''");
    format!("nixfix check --staged './{directory}'")
}

/// Whether `install` writes just this, for whatever flake.
fn is_ours(text: &[u8]) -> bool {
    let directory = || {
        let rest = std::str::from_utf8(text).ok()?.strip_prefix(HEAD)?;
        let quoted = rest.strip_prefix("nixfix check --staged './")?;
        RepoPath::new(&quoted.strip_suffix("'\n")?.replace(r"'\''", "'"))
    };
    directory().is_some_and(|flake| format!("{HEAD}{}\n", command(&flake)).as_bytes() == text)
}

/// What stands there, if anything does; a link that leads nowhere is something.
fn read(file: &Path) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(metadata) if !metadata.is_file() => return Ok(Some(Vec::new())),
        _ => {}
    }
    let text = fs::read(file);
    Ok(Some(text.with_context(|| {
        format!("could not read the hook `{}`", file.display())
    })?))
}

fn write(file: &Path, script: &str) -> Result<()> {
    let directory = file.parent().context("it has no directory")?;
    fs::create_dir_all(directory)?;
    let mut whole = tempfile::NamedTempFile::new_in(directory)?;
    whole.write_all(script.as_bytes())?;
    whole
        .as_file()
        .set_permissions(Permissions::from_mode(0o755))?;
    whole.as_file().sync_all()?;
    whole.persist_noclobber(file)?;
    Ok(())
}

/// Git runs only what is executable.
fn make_executable(file: PathBuf) -> Result<Outcome> {
    let mode = fs::metadata(&file)?.permissions().mode();
    if mode & 0o111 == 0o111 {
        return Ok(Outcome::Unchanged);
    }
    fs::set_permissions(&file, Permissions::from_mode(mode | 0o111))
        .with_context(|| format!("could not make the hook `{}` executable", file.display()))?;
    Ok(Outcome::Written(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_install_writes_is_ours() {
        let ours = |text: &str| is_ours(format!("{HEAD}{text}").as_bytes());
        for flake in ["", "nixos", "my nixos", "it's", "-n", "a$b"] {
            let flake = RepoPath::new(flake).unwrap();
            assert!(ours(&format!("{}\n", command(&flake))), "{flake}");
        }
        for text in [
            "nixfix check --staged './'",
            "nixfix check --staged './' --keep-going\n",
            "nixfix check --staged './'\nmake 'lint'\n",
            "nixfix check --staged './a'; make 'lint'\n",
        ] {
            assert!(!ours(text), "{text}");
        }
        assert!(!is_ours(b"#!/bin/sh\nnixfix check --staged './'\n"));
    }
}
