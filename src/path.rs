//! `RepoPath`: the one way nixfix names a file, and the path arithmetic Nix does on such names.

use std::fmt;
use std::rc::Rc;

/// A path inside the git repository: relative to its root, `/` between components, no `.` or `..`, no trailing slash.
///
/// The root itself is the empty path. Cloning is cheap.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Rc<str>);

impl RepoPath {
    /// The root of the repository.
    pub fn root() -> RepoPath {
        RepoPath(Rc::from(""))
    }

    /// `path` with `.` and `..` resolved; `None` if it is absolute or leaves the repository.
    pub fn new(path: &str) -> Option<RepoPath> {
        if path.starts_with('/') {
            None
        } else if is_plain(path) {
            Some(RepoPath(Rc::from(path)))
        } else {
            RepoPath::root().join(path)
        }
    }

    /// `relative` resolved against this directory as Nix does it, textually; `None` if it leaves the repository.
    ///
    /// A leading `/` in `relative` is a mere separator, as in `./. + "/x"`.
    pub fn join(&self, relative: &str) -> Option<RepoPath> {
        let mut path = String::with_capacity(self.0.len() + 1 + relative.len());
        path.push_str(&self.0);
        let rest = relative.strip_prefix("./").unwrap_or(relative);
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        if is_plain(rest) {
            if !self.is_root() {
                path.push('/');
            }
            path.push_str(rest);
            return Some(RepoPath(Rc::from(path)));
        }
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                name => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(name);
                }
            }
        }
        Some(RepoPath(Rc::from(path)))
    }

    /// The directory that holds this path; `None` for the root.
    pub fn parent(&self) -> Option<RepoPath> {
        if self.is_root() {
            return None;
        }
        let end = self.0.rfind('/').unwrap_or(0);
        Some(RepoPath(Rc::from(&self.0[..end])))
    }

    /// The last component, empty for the root.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last component without its `.nix`.
    pub fn stem(&self) -> &str {
        self.name().strip_suffix(".nix").unwrap_or(self.name())
    }

    /// The components, outermost first.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// Whether this is the repository's root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this path is `directory` or lies below it.
    pub fn is_within(&self, directory: &RepoPath) -> bool {
        directory.is_root()
            || self
                .0
                .strip_prefix(&*directory.0)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// This path as a Nix path literal for a file that stands in `directory`: always with a leading `./` or `../`.
    pub fn relative_to(&self, directory: &RepoPath) -> String {
        let here: Vec<&str> = directory.components().collect();
        let there: Vec<&str> = self.components().collect();
        let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let ups = here.len() - shared;
        let mut out = if ups == 0 {
            "./".to_string()
        } else {
            "../".repeat(ups)
        };
        out.push_str(&there[shared..].join("/"));
        if there.len() == shared {
            // `./` and `../` alone are no path literals.
            out.push('.');
        }
        out
    }

    /// The path as text, without a leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the path, which is relative, has nothing in it that has to be resolved.
fn is_plain(path: &str) -> bool {
    let bytes = path.as_bytes();
    let begins_well = bytes
        .first()
        .is_some_and(|byte| !matches!(byte, b'.' | b'/'));
    let is_odd = |pair: &[u8]| pair[0] == b'/' && matches!(pair[1], b'.' | b'/');
    begins_well && bytes.last() != Some(&b'/') && !bytes.windows(2).any(is_odd)
}

impl std::borrow::Borrow<str> for RepoPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_root() { "." } else { &self.0 })
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    #[test]
    fn join_resolves_dots_and_stays_inside() {
        assert_eq!(
            path("nixos/pkgs").join("../../flake.nix"),
            Some(path("flake.nix"))
        );
        assert_eq!(path("a").join("/b/./c/"), Some(path("a/b/c")));
        assert_eq!(path("a").join("b/.c/..d"), RepoPath::new("a/b/.c/..d"));
        assert_eq!(RepoPath::root().join("b"), RepoPath::new("./b"));
        assert_eq!(path("a").join(""), Some(path("a")));
        assert_eq!(path("a").join("../.."), None);
        assert_eq!(RepoPath::new("/etc"), None);
    }

    #[test]
    fn relative_to_is_always_a_path_literal() {
        assert_eq!(path("a/b.nix").relative_to(&RepoPath::root()), "./a/b.nix");
        assert_eq!(path("a/b.nix").relative_to(&path("a")), "./b.nix");
        assert_eq!(path("a/b.nix").relative_to(&path("c/d")), "../../a/b.nix");
        assert_eq!(path("a").relative_to(&path("a/b")), "../.");
        assert_eq!(path("a").relative_to(&path("a")), "./.");
    }

    #[test]
    fn within_compares_whole_components() {
        assert!(path("hosts/a").is_within(&path("hosts")));
        assert!(!path("hosts-old/a").is_within(&path("hosts")));
        assert!(path("x").is_within(&RepoPath::root()));
    }
}
