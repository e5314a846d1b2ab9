//! Where a tree gets the texts of its files from, and where a link leads.

use std::cell::RefCell;
use std::fmt;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustc_hash::FxHashMap;

use crate::path::RepoPath;

/// The texts of one version of the repository: those of the work tree, or those in the index.
pub trait Texts: fmt::Debug {
    /// The bytes of the file at `path`, with no link on the way.
    ///
    /// # Errors
    /// Why they cannot be had, for the user.
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, String>;

    /// Which version of the file stands at `path` now, where that can be told without reading it.
    fn version(&self, path: &RepoPath) -> Option<Version>;

    /// Which version it was when it was first read.
    fn version_read(&self, path: &RepoPath) -> Option<Version> {
        self.version(path)
    }
}

/// Identifies a version of a file: where it is the same as before, so is the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Differs from that of every other version of this file.
    pub id: [u8; ID],
    /// When the file was last touched, where `id` is made of times: until the clock has moved on, another version may
    /// come to have the same one.
    pub touched: Option<SystemTime>,
}

/// The length of what identifies a version, in bytes: seven numbers, or a hash of git's, which is no longer.
const ID: usize = 7 * 8;

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
        let all = [numbers.as_flattened(), &others].concat();
        Version {
            touched: times.into_iter().map(touched).max(),
            ..Version::of_hash(all.as_flattened())
        }
    }

    /// The version of a text that has this hash.
    pub fn of_hash(hash: &[u8]) -> Version {
        let mut id = [0; ID];
        id[..hash.len()].copy_from_slice(hash);
        Version { id, touched: None }
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
    root: PathBuf,
    read: RefCell<FxHashMap<RepoPath, Version>>,
}

impl OnDisk {
    pub fn new(root: PathBuf) -> OnDisk {
        OnDisk {
            root,
            read: RefCell::default(),
        }
    }
}

impl Texts for OnDisk {
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let absolute = self.root.join(path.as_str());
        let read = || {
            // A FIFO would be waited for.
            // A link that leads on within the repository was followed before.
            let metadata = std::fs::symlink_metadata(&absolute)?;
            let regular = metadata.is_file();
            if regular {
                let mut versions = self.read.borrow_mut();
                versions
                    .entry(path.clone())
                    .or_insert_with(|| Version::of(&metadata));
            }
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

    fn version_read(&self, path: &RepoPath) -> Option<Version> {
        self.read.borrow().get(path).copied()
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
