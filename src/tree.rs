//! The Tree: the files of the repository as Nix sees them, and the after-texts laid over the before-texts.
//!
//! A flake sees what git tracks and nothing else, so a tree is made from a list of tracked files. Texts are read and
//! parsed on first use, once per version, and shared by every tree derived from this one. Reads, never writes.

mod file;
mod files;
mod listing;
mod texts;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use self::files::Files;
use self::texts::{Nowhere, OnDisk};
use crate::path::RepoPath;

pub use self::file::File;
pub use self::listing::EntryKind;
pub use self::texts::{Texts, Version, link_target};

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadProblem {
    /// Nothing of that name is tracked.
    Missing,
    /// It is there, but its text cannot be had: unreadable, no UTF-8, not a regular file.
    Unreadable(String),
}

const NOT_UTF_8: &str = "it is not UTF-8";

/// Links followed on the way to one file before they count as a circle; the kernel has the same limit.
const MAX_LINKS: usize = 40;

/// The files of a repository at one moment. Cloning is cheap; a derived tree leaves its parent as it was.
#[derive(Debug, Clone)]
pub struct Tree {
    base: Rc<Base>,
    /// What was changed since: `None` is a deleted file.
    overlay: FxHashMap<RepoPath, Option<Rc<File>>>,
}

#[derive(Debug)]
struct Base {
    texts: Rc<dyn Texts>,
    /// The symbolic links, each with its target; a target outside the repository is not there.
    links: BTreeMap<RepoPath, RepoPath>,
    files: Files,
    searched: RefCell<Searched>,
}

/// Files that were searched, and whose text nothing asked for.
#[derive(Debug, Default)]
struct Searched {
    /// They are likely searched for something else as well, so the texts are kept as far as there is room.
    texts: FxHashMap<RepoPath, Option<Rc<str>>>,
    /// How many bytes these have.
    size: usize,
}

/// So many bytes of such texts are kept, which is all of most repositories.
const MOST_KEPT: usize = 1 << 20;

impl Tree {
    /// The tracked files `files` below the directory `root`, and the links among them that lead to somewhere in it, each
    /// with its target; nothing is read yet.
    pub fn on_disk(
        root: PathBuf,
        files: impl IntoIterator<Item = RepoPath>,
        links: BTreeMap<RepoPath, RepoPath>,
    ) -> Tree {
        Tree::of_texts(Rc::new(OnDisk::new(root)), files, links)
    }

    /// The same with texts from elsewhere.
    pub fn of_texts(
        texts: Rc<dyn Texts>,
        files: impl IntoIterator<Item = RepoPath>,
        links: BTreeMap<RepoPath, RepoPath>,
    ) -> Tree {
        let files = files.into_iter().map(|path| (path, OnceCell::new()));
        let files = Files::of(files);
        Tree {
            base: Rc::new(Base {
                texts,
                links,
                files,
                searched: RefCell::default(),
            }),
            overlay: FxHashMap::default(),
        }
    }

    /// `path` with every link on the way followed; links in a circle stay as they are.
    pub fn resolve(&self, path: &RepoPath) -> RepoPath {
        let mut path = path.clone();
        if self.base.links.is_empty() {
            return path;
        }
        for _ in 0..MAX_LINKS {
            let text = path.as_str();
            let ends = (0..text.len()).filter(|end| text.as_bytes()[*end] == b'/');
            let mut ends = ends.chain([text.len()]);
            let link =
                ends.find_map(|end| Some((self.base.links.get(&text[..end])?, &text[end..])));
            let Some(followed) = link.and_then(|(target, rest)| target.join(rest)) else {
                break;
            };
            path = followed;
        }
        path
    }

    /// A tree of these texts, for tests.
    pub fn in_memory(files: impl IntoIterator<Item = (RepoPath, Rc<str>)>) -> Tree {
        let loaded =
            |path: RepoPath, text| (path.clone(), OnceCell::from(Ok(File::new(path, text))));
        let files = files.into_iter().map(|(path, text)| loaded(path, text));
        let files = Files::of(files);
        Tree {
            base: Rc::new(Base {
                texts: Rc::new(Nowhere),
                links: BTreeMap::new(),
                files,
                searched: RefCell::default(),
            }),
            overlay: FxHashMap::default(),
        }
    }

    /// The file at `path`.
    ///
    /// # Errors
    /// See [`ReadProblem`].
    pub fn file(&self, path: &RepoPath) -> Result<Rc<File>, ReadProblem> {
        let path = &self.resolve(path);
        if let Some(changed) = self.changed_file(path) {
            return changed.clone().ok_or(ReadProblem::Missing);
        }
        let slot = self.base.files.get(path).ok_or(ReadProblem::Missing)?;
        slot.get_or_init(|| self.load(path)).clone()
    }

    /// What became of the file at `path`, where it was changed.
    fn changed_file(&self, path: &RepoPath) -> Option<&Option<Rc<File>>> {
        self.overlay.get(path)
    }

    fn load(&self, path: &RepoPath) -> Result<Rc<File>, ReadProblem> {
        let read = self.base.texts.read(path);
        log::trace!("read {path}");
        let bytes = read.map_err(ReadProblem::Unreadable)?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(File::new(path.clone(), text)),
            Err(_) => Err(ReadProblem::Unreadable(NOT_UTF_8.to_string())),
        }
    }

    /// Whether the text of the file at `path` has `words` in it.
    pub fn mentions(&self, path: &RepoPath, words: &str) -> bool {
        self.search(path, |text| text.contains(words)) == Some(true)
    }

    /// What `look` finds in the text of the file at `path`; `None` where it cannot be read. No file is made of it.
    pub fn search<T>(&self, path: &RepoPath, look: impl FnOnce(&str) -> T) -> Option<T> {
        let path = &self.resolve(path);
        if let Some(changed) = self.changed_file(path) {
            return changed.as_ref().map(|file| look(&file.text));
        }
        match self.base.files.get(path)?.get() {
            Some(file) => file.as_ref().ok().map(|file| look(&file.text)),
            None => self.searched(path).map(|text| look(&text)),
        }
    }

    fn searched(&self, path: &RepoPath) -> Option<Rc<str>> {
        if let Some(Some(text)) = self.base.searched.borrow().texts.get(path) {
            return Some(text.clone());
        }
        let bytes = self.base.texts.read(path).ok();
        let text = bytes.and_then(|bytes| Some(Rc::from(std::str::from_utf8(&bytes).ok()?)));
        let mut searched = self.base.searched.borrow_mut();
        let room = MOST_KEPT - searched.size;
        let kept = text.clone().filter(|text: &Rc<str>| text.len() <= room);
        searched.size += kept.as_ref().map_or(0, |text| text.len());
        searched.texts.insert(path.clone(), kept);
        text
    }

    /// Whether the file at `path` can be read but is no text.
    pub fn is_binary(&self, path: &RepoPath) -> bool {
        matches!(self.file(path), Err(ReadProblem::Unreadable(why)) if why == NOT_UTF_8)
    }

    /// This tree with a link, for tests.
    #[cfg(test)]
    pub(crate) fn with_link(mut self, link: &str, target: &str) -> Tree {
        let path = |text| RepoPath::new(text).expect("a path inside");
        let base = Rc::get_mut(&mut self.base).expect("a tree that is not shared yet");
        base.links.insert(path(link), path(target));
        base.files.insert(path(link));
        self
    }

    /// This tree with `text` at `path`.
    pub fn with_text(&self, path: &RepoPath, text: impl Into<Rc<str>>) -> Tree {
        let mut tree = self.clone();
        tree.set_text(path, text);
        tree
    }

    /// Puts `text` at `path`.
    pub fn set_text(&mut self, path: &RepoPath, text: impl Into<Rc<str>>) {
        let file = File::new(path.clone(), text);
        self.overlay.insert(path.clone(), Some(file));
    }

    /// This tree without the file at `path`.
    pub fn without(&self, path: &RepoPath) -> Tree {
        let mut tree = self.clone();
        tree.overlay.insert(path.clone(), None);
        tree
    }

    /// The paths that differ from the tree this one was derived from, sorted, with their file, or `None` where it is deleted.
    pub fn changed(&self) -> impl Iterator<Item = (&RepoPath, Option<&Rc<File>>)> {
        let changed = self.overlay.iter();
        let mut changed: Vec<_> = changed.map(|(path, file)| (path, file.as_ref())).collect();
        changed.sort_by_key(|(path, _)| *path);
        changed.into_iter()
    }

    /// The files of the tree before every change that were parsed so far.
    pub fn parsed(&self) -> impl Iterator<Item = &Rc<File>> {
        let files = self.base.files.iter().filter_map(|(_, slot)| slot.get());
        files.flatten().filter(|file| file.is_parsed())
    }

    /// Every tracked name of the tree before every change, with where it leads if it is a link; sorted.
    pub fn names(&self) -> impl Iterator<Item = (&RepoPath, Option<&RepoPath>)> {
        let names = self.base.files.names();
        names.iter().map(|path| (path, self.base.links.get(path)))
    }

    /// The same, and for each whether its text was looked at so far, in this tree or one derived from it.
    pub fn read(&self) -> impl Iterator<Item = (&RepoPath, bool)> {
        let searched = self.base.searched.borrow();
        let files = self.base.files.iter();
        files.map(move |(path, slot)| {
            let is_read = slot.get().is_some() || searched.texts.contains_key(path);
            (path, is_read)
        })
    }

    /// Which version of the file stands at `path` before every change.
    pub fn version(&self, path: &RepoPath) -> Option<Version> {
        self.base.texts.version(path)
    }

    /// Which version it was when it was first read.
    pub fn version_read(&self, path: &RepoPath) -> Option<Version> {
        self.base.texts.version_read(path)
    }

    /// The tree before every change.
    pub fn original(&self) -> Tree {
        Tree {
            base: self.base.clone(),
            overlay: FxHashMap::default(),
        }
    }
}

/// A tree from one string, for tests: each file after a line `#- /path`.
#[cfg(test)]
pub(crate) fn fixture(text: &str) -> Tree {
    let files = text.split("#- /").skip(1).map(|file| {
        let (path, text) = file.split_once('\n').expect("a line after the path");
        (RepoPath::new(path).expect("a path inside"), Rc::from(text))
    });
    Tree::in_memory(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    fn tree(paths: &[&str]) -> Tree {
        Tree::in_memory(paths.iter().map(|name| (path(name), Rc::from("{ }"))))
    }

    #[test]
    fn lists_what_stands_directly_in_a_directory() {
        let tree = tree(&[
            "hosts/a/default.nix",
            "hosts/b.nix",
            "hosts-old/c.nix",
            "flake.nix",
        ]);
        let names = tree.list(&path("hosts")).unwrap();
        assert_eq!(
            names.into_iter().collect::<Vec<_>>(),
            [
                ("a".into(), EntryKind::Directory),
                ("b.nix".into(), EntryKind::File)
            ]
        );
        assert_eq!(tree.list(&path("host")), None);
        assert_eq!(tree.kind(&path("hosts/a")), Some(EntryKind::Directory));
    }

    #[test]
    fn links_lead_to_what_they_name_and_are_listed_as_links() {
        let tree = tree(&["hosts/a/default.nix"])
            .with_link("hosts/b", "hosts/a")
            .with_link("loop", "loop/x");
        assert_eq!(
            tree.file(&path("hosts/b/default.nix")).unwrap().path,
            path("hosts/a/default.nix")
        );
        assert_eq!(tree.kind(&path("hosts/b")), Some(EntryKind::Directory));
        assert_eq!(tree.list(&path("hosts")).unwrap()["b"], EntryKind::Symlink);
        assert!(tree.file(&path("loop/y")).is_err());
    }

    #[test]
    fn a_derived_tree_shows_what_was_created_and_deleted_and_its_parent_does_not() {
        let before = tree(&["hosts/a.nix"]);
        let after = before
            .with_text(&path("hosts/b.nix"), "1")
            .without(&path("hosts/a.nix"));
        assert_eq!(
            after
                .list(&path("hosts"))
                .unwrap()
                .into_keys()
                .collect::<Vec<_>>(),
            ["b.nix".into()]
        );
        assert_eq!(
            after.file(&path("hosts/a.nix")).unwrap_err(),
            ReadProblem::Missing
        );
        assert_eq!(
            before
                .list(&path("hosts"))
                .unwrap()
                .into_keys()
                .collect::<Vec<_>>(),
            ["a.nix".into()]
        );
    }

    #[test]
    fn a_text_that_is_only_searched_counts_as_read() {
        let scratch = tempfile::tempdir().unwrap();
        std::fs::write(scratch.path().join("a.nix"), "{ word = 1; }").unwrap();
        std::fs::write(scratch.path().join("b.nix"), b"\xff word").unwrap();
        std::fs::write(
            scratch.path().join("large.nix"),
            " ".repeat(MOST_KEPT) + "word",
        )
        .unwrap();
        let names = ["a.nix", "b.nix", "gone.nix", "large.nix", "other.nix"].map(path);
        let tree = Tree::on_disk(scratch.path().into(), names, BTreeMap::new());
        let mentions = |tree: &Tree, name: &str| tree.mentions(&path(name), "word");
        assert!(mentions(&tree, "a.nix"));
        assert!(!mentions(&tree, "b.nix") && !mentions(&tree, "gone.nix"));
        assert!(mentions(&tree, "large.nix") && mentions(&tree, "large.nix"));
        let read = tree.read().filter(|(_, read)| *read);
        let read: Vec<&str> = read.map(|(path, _)| path.as_str()).collect();
        assert_eq!(read, ["a.nix", "b.nix", "gone.nix", "large.nix"]);
        assert!(!mentions(&tree.without(&path("a.nix")), "a.nix"));
        assert!(mentions(&tree.with_text(&path("b.nix"), "a word"), "b.nix"));
        assert!(tree.file(&path("a.nix")).is_ok() && mentions(&tree, "a.nix"));
    }
}
