//! The pre-commit hook that nixfix installs: one line of shell that judges what is staged. A hook that somebody else
//! wrote, or edited, is never changed.

mod command;

use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

pub use self::command::{Check, RecipePlace};

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

/// Writes the hook for `check` to the directory `hooks`.
///
/// # Errors
/// There is another hook, or the disk refuses.
pub fn install(hooks: &Path, check: &Check) -> Result<Outcome> {
    let file = hooks.join(NAME);
    let command = check.command();
    let script = format!("{HEAD}{command}\n");
    match read(&file)? {
        None => {
            write(&file, &script)
                .with_context(|| format!("could not write the hook `{}`", file.display()))?;
            Ok(Outcome::Written(file))
        }
        Some(text) if text == script.as_bytes() => make_executable(file),
        Some(text) if is_ours(&text) => bail!(
            "there is a hook `{}` of nixfix already, for another flake or recipe; \
             `nixfix hook uninstall` removes it, or put this line above its last one:\n  {command} || exit",
            file.display()
        ),
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

/// Whether `install` writes just this, for whatever flake and recipe.
fn is_ours(text: &[u8]) -> bool {
    let line = std::str::from_utf8(text).ok();
    let line = line.and_then(|text| text.strip_prefix(HEAD)?.strip_suffix('\n'));
    line.is_some_and(|line| Check::of_command(line).is_some())
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
