//! The functions of nixpkgs' `lib` that are written in Nix, in terms of the native ones; in files as nixpkgs has them, of
//! which a run reads those that it needs. Only meaning matters in them, not speed or error messages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::value::{Thunk, Value};
use super::{Evaluator, own_file};
use crate::path::RepoPath;

/// The files: each a function of `lib` that gives the functions of its part. No tracked file has such a name.
static PARTS: &[(&str, &str)] = &[
    ("<lib>/attrsets.nix", include_str!("lib/attrsets.nix")),
    (
        "<lib>/customisation.nix",
        include_str!("lib/customisation.nix"),
    ),
    ("<lib>/filesystem.nix", include_str!("lib/filesystem.nix")),
    (
        "<lib>/fixed-points.nix",
        include_str!("lib/fixed-points.nix"),
    ),
    ("<lib>/lists.nix", include_str!("lib/lists.nix")),
    ("<lib>/modules.nix", include_str!("lib/modules.nix")),
    ("<lib>/strings.nix", include_str!("lib/strings.nix")),
    ("<lib>/systems.nix", include_str!("lib/systems.nix")),
    ("<lib>/trivial.nix", include_str!("lib/trivial.nix")),
    ("<lib>/types.nix", include_str!("lib/types.nix")),
];

/// Which part has the function of a name.
static PART_OF: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let parts = PARTS.iter().enumerate();
    parts
        .flat_map(|(part, (_, text))| names(text).map(move |name| (name, part)))
        .collect()
});

/// The functions that a file binds: they are what is indented by two blanks.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let bound = |line| {
        let (name, rest) = str::strip_prefix(line, "  ")?.split_once(' ')?;
        (!name.is_empty() && rest.starts_with('=')).then_some(name)
    };
    text.lines().filter_map(bound)
}

/// The parts of `lib` that were read.
#[derive(Default)]
pub(super) struct Library(FxHashMap<usize, Thunk>);

impl Evaluator {
    /// The function `name` of `lib`, where it is written in Nix.
    pub(super) fn written(&self, name: &str) -> Option<Value> {
        let part = *PART_OF.get(name)?;
        let known = self.library.borrow().0.get(&part).cloned();
        let functions = known.unwrap_or_else(|| {
            let lib = self.argument("lib");
            let read = Thunk::native(move |ev| {
                let (path, text) = PARTS[part];
                let function = ev.eval_own(&own_file(path, text));
                ev.apply(&function, &lib)
            });
            self.library.borrow_mut().0.insert(part, read.clone());
            read
        });
        self.get(&self.force(&functions), name)
    }
}

/// Whether the file is one of these.
pub(super) fn is_part(path: &RepoPath) -> bool {
    let path = path.as_str();
    path.starts_with('<') && PARTS.iter().any(|(part, _)| *part == path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Tree;

    #[test]
    fn every_function_is_known_by_its_name() {
        let ev = Evaluator::new(Tree::in_memory([]));
        let lib = ev.argument("lib");
        for (part, (path, text)) in PARTS.iter().enumerate() {
            assert!(own_file(path, text).root().is_ok(), "{path}");
            let functions = ev.apply(&ev.eval_own(&own_file(path, text)), &lib);
            let functions = functions.as_attrs().expect("a set of functions");
            let bound: Vec<&str> = functions.map.keys().map(|name| &**name).collect();
            let mut found: Vec<&str> = names(text).collect();
            found.sort_unstable();
            assert_eq!(found, bound, "{path}");
            for name in bound {
                assert_eq!(PART_OF.get(name), Some(&part), "{name}");
                assert!(ev.written(name).is_some(), "{name}");
            }
        }
    }
}
