//! Packages that have the names of the new overlay's already where the repository uses them: nixpkgs has some of these names
//! itself, and an old overlay may have defined others. They come from the new overlay from now on, which a use that changes
//! the package, such as an `override`, need not fit.

use std::collections::BTreeSet;
use std::ops::Range;

use super::uses::{Fate, Wanted, fate, is_of_host};
use super::{Applied, Changes, Context, references};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flake::model::Built;
use crate::flake::overlays::definitions_of_overlay;
use crate::path::RepoPath;

/// The uses of the names of one overlay.
#[derive(Default)]
pub(super) struct InUse<'a> {
    changed: Vec<Place<'a>>,
    used: Vec<Place<'a>>,
}

/// A place where a package is used.
struct Place<'a> {
    name: &'a str,
    file: RepoPath,
    range: Range<usize>,
    /// The function that changes it.
    by: String,
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
        let tree = context.model.flake.tree();
        let new = context.layout.overlays.values();
        let aside: Vec<RepoPath> = context.going.iter().chain(new).cloned().collect();
        for name in overlay.defines() {
            let wanted = Wanted {
                name,
                is_input: context.model.flake.input(name).is_some(),
            };
            for (file, range) in wanted.uses(tree, &aside) {
                let is_written_for_it = match reach(&without, &file) {
                    true => reach(&with, &file),
                    false => !with.is_empty(),
                };
                if is_written_for_it || !belongs(context, &file, &mut BTreeSet::new()) {
                    continue;
                }
                let Ok(text) = tree.file(&file) else { continue };
                let (list, range, by) = match fate(&text, &range) {
                    Fate::Changed(by, range) => (&mut found.changed, range, by),
                    Fate::Used if is_of_host(&text, &range) => {
                        (&mut found.used, range, String::new())
                    }
                    // What a host installs is evidence of its profile, and told there.
                    Fate::Used | Fate::Listed => continue,
                };
                list.push(Place {
                    name,
                    file,
                    range,
                    by,
                });
            }
        }
        found
    }

    /// Refuses the host if one of its modules changes such a package.
    pub fn refuse(&self, changes: &mut Changes, host: &str, built: &Built) -> bool {
        let mut changed = self.changed.iter();
        let first = changed.find(|place| built.modules.of_file(&place.file).is_some());
        if let Some(place) = first {
            changes.refuse(host, place.error());
        }
        first.is_some()
    }

    /// Says what is changed in files that are no modules of a host, and which packages get a new meaning.
    pub fn say(&self, changes: &mut Changes, context: &Context) {
        let is_module = |file: &RepoPath| {
            let mut hosts = context.model.built();
            hosts.any(|(_, _, built)| built.modules.of_file(file).is_some())
        };
        for place in self.changed.iter().filter(|place| !is_module(&place.file)) {
            changes.say(place.error());
        }
        let defined = match self.used.is_empty() {
            true => BTreeSet::new(),
            false => defined(context),
        };
        let mut said = BTreeSet::new();
        for place in &self.used {
            if !defined.contains(place.name) && said.insert(place.name) {
                changes.say(self.note(place));
            }
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
    fn error(&self) -> Diagnostic {
        let message = format!(
            "`{}` is changed by `{}`, which the new overlay's package may not take",
            self.name, self.by
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

/// The names that any overlay of a host defines.
fn defined(context: &Context) -> BTreeSet<String> {
    let flake = &context.before.flake;
    let overlays = context
        .before
        .built()
        .flat_map(|(_, _, built)| &built.overlays.all);
    let values = overlays.flat_map(|overlay| overlay.value.alternatives());
    values
        .flat_map(|overlay| definitions_of_overlay(flake, overlay).0)
        .map(|(name, _)| name.to_string())
        .collect()
}
