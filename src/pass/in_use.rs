//! Packages that have the names of the new overlay's already where the repository uses them: nixpkgs has some of these names
//! itself, and an old overlay may have defined others. They come from the new overlay from now on, which a use that changes
//! the package, such as an `override`, need not fit.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::uses::{CHANGING, Fate, Wanted, fate, is_of_host};
use super::{Applied, Changes, Context, references};
use crate::diagnostic::{Diagnostic, Severity};
use crate::eval::value::Value;
use crate::flake::model::Built;
use crate::flake::overlays::definitions_of_overlay;
use crate::path::RepoPath;

/// The uses of the names of one overlay.
#[derive(Default)]
pub(super) struct InUse<'a> {
    /// Those that change the package, each with the function that does.
    changed: Vec<(Place<'a>, String)>,
    /// Those of packages that no overlay in sight defines.
    used: Vec<Place<'a>>,
}

/// A place where a package is used.
struct Place<'a> {
    name: &'a str,
    file: RepoPath,
    range: Range<usize>,
}

impl<'a> InUse<'a> {
    /// Those that are not written for it: in a module of a host that has `overlay` already they are, and everywhere else once
    /// any host has it. None where the user accepts any new meaning.
    pub fn of(context: &Context<'a>, overlay: Applied<'a>) -> InUse<'a> {
        let mut found = InUse::default();
        if context.shadow {
            return found;
        }
        let built = context.before.built().map(|(_, _, built)| built);
        let (with, without): (Vec<&Built>, Vec<&Built>) =
            built.partition(|built| overlay.applies_to(&context.before.flake, built));
        if without.is_empty() {
            return found;
        }
        let reach = |hosts: &[&Built], file: &RepoPath| {
            let mut hosts = hosts.iter();
            hosts.any(|built| built.modules.of_file(file).is_some())
        };
        let defined = LazyCell::new(|| defined(context));
        let new = context.layout.overlays.values();
        let aside: Vec<&RepoPath> = context.going.iter().chain(new).collect();
        let tree = context.model.flake.tree();
        let shared = common_prefix(overlay.defines());
        for path in tree.nix_files().filter(|path| !aside.contains(path)) {
            if !tree.mentions(path, shared) {
                continue;
            }
            let Ok(file) = tree.file(path) else { continue };
            // Most uses are of an old overlay's packages, and change nothing.
            let changes = file.text.contains(CHANGING);
            let names = overlay.defines().iter();
            let names: Vec<&String> = names
                .filter(|name| file.text.contains(name.as_str()))
                .filter(|name| changes || !defined.contains(name.as_str()))
                .collect();
            let is_written_for_it = || match reach(&without, path) {
                true => reach(&with, path),
                false => !with.is_empty(),
            };
            if names.is_empty()
                || is_written_for_it()
                || !belongs(context, path, &mut BTreeSet::new())
            {
                continue;
            }
            for name in names {
                let wanted = Wanted {
                    name,
                    is_input: context.model.flake.input(name).is_some(),
                };
                for range in wanted.uses_in(&file) {
                    let place = |range| Place {
                        name,
                        file: path.clone(),
                        range,
                    };
                    match fate(&file, &range) {
                        Fate::Changed(by, range) => found.changed.push((place(range), by)),
                        Fate::Used if is_of_host(&file, &range) && !defined.contains(name) => {
                            found.used.push(place(range));
                        }
                        // What a host installs is evidence of its profile, and told there.
                        Fate::Used | Fate::Listed => {}
                    }
                }
            }
        }
        found
    }

    /// Refuses the host if one of its modules changes such a package.
    pub fn refuse(&self, changes: &mut Changes, host: &str, built: &Built) -> bool {
        let mut changed = self.changed.iter();
        let first = changed.find(|(place, _)| built.modules.of_file(&place.file).is_some());
        if let Some((place, by)) = first {
            changes.refuse(host, place.error(by));
        }
        first.is_some()
    }

    /// Says what is changed in files that are no modules of a host, and which packages get a new meaning.
    pub fn say(&self, changes: &mut Changes, context: &Context) {
        let is_module = |file: &RepoPath| {
            let mut hosts = context.model.built();
            hosts.any(|(_, _, built)| built.modules.of_file(file).is_some())
        };
        let changed = self.changed.iter();
        for (place, by) in changed.filter(|(place, _)| !is_module(&place.file)) {
            changes.say(place.error(by));
        }
        let mut said = BTreeSet::new();
        for place in self.used.iter().filter(|place| said.insert(place.name)) {
            changes.say(self.note(place));
        }
    }

    /// That what is used at `first` and wherever else gets another meaning.
    fn note(&self, first: &Place) -> Diagnostic {
        let message = format!(
            "`{}` of nixpkgs is used here: from now on it is that of the new overlay",
            first.name
        );
        let others = self.used.iter().filter(|place| place.name == first.name);
        let files: BTreeSet<&RepoPath> = others.map(|place| &place.file).collect();
        let files: Vec<String> = files
            .into_iter()
            .filter(|file| **file != first.file)
            .map(|file| format!("`{file}`"))
            .collect();
        let note = Diagnostic::new(Severity::Note, "package-replaced", message)
            .at(first.file.clone(), first.range.clone());
        match files.is_empty() {
            true => note,
            false => note.help(format!("so it is in {}", files.join(", "))),
        }
    }
}

impl Place<'_> {
    fn error(&self, by: &str) -> Diagnostic {
        let message = format!(
            "`{}` is changed by `{by}`, which the new overlay's package may not take",
            self.name
        );
        Diagnostic::error("package-changed", message)
            .at(self.file.clone(), self.range.clone())
            .help("give what is changed here a name of its own, or accept the new package in its place with --shadow")
    }
}

/// Whether the file is a part of this flake: it lies in its directory and in that of no other flake in there, or a file
/// that is a part names it.
fn belongs(context: &Context, file: &RepoPath, seen: &mut BTreeSet<RepoPath>) -> bool {
    let flake = &context.model.flake;
    let tree = flake.tree();
    let home = flake.directory();
    let mut parents = std::iter::successors(file.parent(), RepoPath::parent);
    let is_flake = |directory: &RepoPath| {
        let file = directory.join("flake.nix");
        *directory == home || file.is_some_and(|file| tree.kind(&file).is_some())
    };
    if parents.find(is_flake) == Some(home) {
        return true;
    }
    let naming = references(tree, file).into_iter();
    let mut naming = naming.map(|reference| reference.file.path.clone());
    naming.any(|naming| seen.insert(naming.clone()) && belongs(context, &naming, seen))
}

/// What all names begin with.
fn common_prefix(names: &[String]) -> &str {
    let first = names.first().map_or("", String::as_str);
    let shared = |length: &usize| {
        let prefix = first.get(..*length);
        prefix.is_some_and(|prefix| names.iter().all(|name| name.starts_with(prefix)))
    };
    let length = (0..=first.len()).rev().find(shared);
    &first[..length.unwrap_or(0)]
}

/// The names that any overlay of a host defines.
fn defined(context: &Context) -> BTreeSet<String> {
    let flake = &context.before.flake;
    let hosts = context.before.built();
    let overlays = hosts.flat_map(|(_, _, built)| &built.overlays.all);
    let values = overlays.flat_map(|overlay| overlay.value.alternatives());
    // Hosts share most of theirs.
    let mut seen = BTreeSet::new();
    let is_new = |value: &&Value| match &value.origin {
        Some(origin) => seen.insert(origin.key()),
        None => true,
    };
    let definitions = values
        .filter(is_new)
        .flat_map(|overlay| definitions_of_overlay(flake, overlay).0);
    definitions.map(|(name, _)| name.to_string()).collect()
}
