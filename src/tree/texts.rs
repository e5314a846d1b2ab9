//! Where a tree gets the texts of its files from, and where a link leads.

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::path::RepoPath;

/// The texts of one version of the repository: those of the work tree, or those in the index.
pub trait Texts: fmt::Debug {
    /// The bytes of the file at `path`, with no link on the way.
    ///
    /// # Errors
    /// Why they cannot be had, for the user.
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, String>;

    /// Which version of the file stands at `path`, where that can be told without reading it.
    fn version(&self, path: &RepoPath) -> Option<Version>;
}

/// Identifies a version of a file: where it is the same as before, so is the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Differs from that of every other version of this file.
    pub id: Vec<u8>,
    /// When the file was last touched, where `id` is made of times: until the clock has moved on, another version may
    /// come to have the same one.
    pub touched: Option<SystemTime>,
}

impl Version {
    /// The version of a file that has this metadata, as git tells it: by its size, its times and its inode. The time of
    /// the last change of the inode, which no program can set, is one of them.
    pub fn of(file: &Metadata) -> Version {
        let times = [
            (file.mtime(), file.mtime_nsec()),
            (file.ctime(), file.ctime_nsec()),
        ];
        let numbers = times.map(|(seconds, rest)| [seconds, rest].map(i64::to_le_bytes));
        let others = [file.size(), file.ino(), file.dev()].map(u64::to_le_bytes);
        let touched = |(seconds, rest): (i64, i64)| {
            // Before 1970 is long ago.
            let seconds = Duration::from_secs(seconds.try_into().unwrap_or(0));
            SystemTime::UNIX_EPOCH + seconds + Duration::from_nanos(rest.try_into().unwrap_or(0))
        };
        Version {
            id: [numbers.as_flattened().as_flattened(), others.as_flattened()].concat(),
            touched: times.into_iter().map(touched).max(),
        }
    }
}

/// Where a link with this target leads, if that is in the repository.
pub fn link_target(link: &RepoPath, target: &str) -> Option<RepoPath> {
    let relative = Some(target).filter(|target| !target.starts_with('/'))?;
    link.parent()?.join(relative)
}

/// Room for more bytes than this is not made before they are there.
const MOST_AT_ONCE: u64 = 1 << 20;

/// The files below a directory.
#[derive(Debug)]
pub(super) struct OnDisk {
    pub root: PathBuf,
}

impl Texts for OnDisk {
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let absolute = self.root.join(path.as_str());
        let read = || {
            // A FIFO would be waited for.
            // A link that leads on within the repository was followed before.
            let metadata = std::fs::symlink_metadata(&absolute)?;
            let regular = metadata.is_file();
            regular
                .then(|| read_sized(&absolute, metadata.len()))
                .transpose()
        };
        match read() {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err("it is not a regular file".to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err("it is not on the disk: deleted, or left out by a sparse checkout".to_string())
            }
            Err(error) => Err(error.to_string()),
        }
    }

    fn version(&self, path: &RepoPath) -> Option<Version> {
        let file = std::fs::symlink_metadata(self.root.join(path.as_str())).ok()?;
        file.is_file().then(|| Version::of(&file))
    }
}

/// The bytes of a file that had this size just now: the system need not be asked for it once more.
fn read_sized(file: &Path, size: u64) -> std::io::Result<Vec<u8>> {
    // With room for one more, the last read finds the end.
    let room = usize::try_from(size.min(MOST_AT_ONCE)).map_or(0, |size| size + 1);
    let mut bytes = Vec::with_capacity(room);
    let mut file = File::open(file)?.take(u64::MAX);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// No texts besides those that are loaded already.
#[derive(Debug)]
pub(super) struct Nowhere;

impl Texts for Nowhere {
    fn read(&self, _: &RepoPath) -> Result<Vec<u8>, String> {
        Err("it has no text".to_string())
    }

    fn version(&self, _: &RepoPath) -> Option<Version> {
        None
    }
}
