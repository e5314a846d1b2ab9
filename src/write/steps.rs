//! `Steps`: every change that writing makes to the disk, one method each.
//!
//! The seam for fault injection: a watcher is asked before each step, and may refuse it or end the process. Git's own
//! changes are announced to it as well.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::Path;

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It changes a file, a directory, or something of git's.
    Change,
    /// It waits for the disk: whoever looks sees no difference.
    Sync,
}

/// The way to the disk.
pub struct Steps {
    taken: usize,
    before_each: Box<dyn FnMut(usize, Act) -> io::Result<()>>,
    sync: fn(&File) -> io::Result<()>,
}

impl Default for Steps {
    /// Every step is taken, and what has to outlive a power cut is waited for.
    fn default() -> Steps {
        Steps {
            sync: File::sync_all,
            ..Steps::watched(|_, _| Ok(()))
        }
    }
}

impl Steps {
    /// Asks `before_each` before every step, with the number of steps taken until then; an error is the step's error.
    ///
    /// Syncing is announced, but the disk is not waited for: a watcher cannot cut the power.
    pub fn watched(before_each: impl FnMut(usize, Act) -> io::Result<()> + 'static) -> Steps {
        Steps {
            taken: 0,
            before_each: Box::new(before_each),
            sync: |_| Ok(()),
        }
    }

    /// How many steps were taken or tried.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Announces a change.
    ///
    /// # Errors
    /// The watcher refuses it.
    pub fn step(&mut self) -> io::Result<()> {
        self.announce(Act::Change)
    }

    fn announce(&mut self, act: Act) -> io::Result<()> {
        let number = self.taken;
        self.taken += 1;
        (self.before_each)(number, act)
    }

    /// Writes a new file, with mode and owner of the file `like`, and waits until its bytes are on the disk.
    pub(super) fn create(
        &mut self,
        path: &Path,
        text: &[u8],
        like: Option<&Path>,
    ) -> io::Result<()> {
        self.step()?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o644)
            .open(path)?;
        if let Some(like) = like {
            let (old, new) = (fs::metadata(like)?, file.metadata()?);
            if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
                // Only root may give a file away; for anybody else the file becomes their own, as with git.
                let _ = fchown(&file, Some(old.uid()), Some(old.gid()));
            }
            file.set_permissions(old.permissions())?;
        }
        self.step()?;
        file.write_all(text)?;
        self.sync_file(&file)
    }

    /// Waits until the names in a directory, or the bytes of a file, are on the disk.
    ///
    /// # Errors
    /// The disk cannot keep them, or there is no such file.
    pub fn sync(&mut self, path: &Path) -> io::Result<()> {
        self.sync_file(&File::open(path)?)
    }

    fn sync_file(&mut self, file: &File) -> io::Result<()> {
        self.announce(Act::Sync)?;
        (self.sync)(file)
    }

    /// Gives the file a second name, or where the file system has no such thing, a copy.
    pub(super) fn keep(&mut self, path: &Path, spare: &Path) -> io::Result<()> {
        self.step()?;
        fs::hard_link(path, spare).or_else(|_| fs::copy(path, spare).map(drop))
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    /// Removes a file; one that is not there is fine.
    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        if !is_there(path) {
            return Ok(());
        }
        self.step()?;
        fs::remove_file(path)
    }

    pub(super) fn create_dir(&mut self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir(path)
    }

    /// Removes a directory; whether there was an empty one.
    pub(super) fn remove_empty_dir(&mut self, path: &Path) -> io::Result<bool> {
        self.step()?;
        match fs::remove_dir(path) {
            Ok(()) => Ok(true),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty => Ok(false),
                _ => Err(error),
            },
        }
    }
}

/// Whether there is anything under this name, even a symlink to nowhere.
pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
