//! Points 3, 5 and 7: the hosts, their modules and profiles.

use super::fingerprint::{Fingerprint, Side};
use super::{Question, failure};
use crate::diagnostic::Diagnostic;
use crate::eval::ListingDepth;
use crate::eval::value::Kind;
use crate::flake::Flake;
use crate::flake::listing::is_left_alone;
use crate::flake::model::{Built, Model};
use crate::flake::modules::{Module, ModuleKey};
use crate::path::RepoPath;

pub(super) fn check(question: &Question, after: &Model) -> Vec<Diagnostic> {
    let mut failures = new_files_unlisted(question, after);
    let names = |model: &Model| {
        model
            .flake
            .hosts
            .iter()
            .map(|host| host.name)
            .collect::<Vec<_>>()
    };
    if names(question.before) != names(after)
        || after.flake.hidden_hosts.is_some() != question.before.flake.hidden_hosts.is_some()
    {
        failures.push(failure(
            "proof-hosts",
            "the set of hosts would change".to_string(),
        ));
        return failures;
    }
    for (index, host, old) in question.before.built() {
        let Ok(new) = &after.hosts()[index].built else {
            failures.push(failure(
                "proof-hosts",
                format!("host `{}` cannot be followed any more", host.name),
            ));
            continue;
        };
        let pair = Pair {
            question,
            before: &question.before.flake,
            after: &after.flake,
            host: &host.name,
            old,
            new,
        };
        failures.extend(pair.check());
    }
    failures
}

/// Point 7: what lists directories must not see the new files, or leave their names alone.
fn new_files_unlisted(question: &Question, after: &Model) -> Vec<Diagnostic> {
    let before = question.before.flake.tree();
    let is_seen = |created: &RepoPath, directory: &RepoPath, depth: ListingDepth| {
        let entry = created.components().nth(directory.components().count());
        let entry = entry.and_then(|entry| directory.join(entry));
        let new_entry = entry.is_some_and(|entry| before.kind(&entry).is_none());
        new_entry || depth == ListingDepth::Everything
    };
    let mut failures = Vec::new();
    if !question.changes.created.is_empty() {
        after.look_at_outputs();
    }
    for (directory, depth) in after.flake.ev.listed() {
        let created = question.changes.created.iter();
        for created in created.filter(|path| path.is_within(&directory)) {
            if is_seen(created, &directory, depth) && !is_left_alone(after, created) {
                let message =
                    format!("the new file `{created}` is seen by what lists `{directory}`");
                failures.push(failure("proof-listed", message));
            }
        }
    }
    failures
}

/// One host, before and after.
pub(super) struct Pair<'a> {
    pub question: &'a Question<'a>,
    pub before: &'a Flake,
    pub after: &'a Flake,
    pub host: &'a str,
    pub old: &'a Built,
    pub new: &'a Built,
}

impl Pair<'_> {
    fn check(&self) -> Vec<Diagnostic> {
        let points = [
            self.modules(),
            self.added_modules(),
            self.present(),
            self.overlays(),
            self.profile(),
        ];
        let shadowed = self.shadowed();
        let failed = points.into_iter().filter_map(Result::err).chain(shadowed);
        // What goes wrong for a host that is left alone is wrong for the flake.
        let of_host = |message: String| match self.is_excluded() {
            true => failure("proof-host", format!("host `{}`: {message}", self.host)),
            false => failure("proof-host", message).host(self.host),
        };
        failed.map(of_host).collect()
    }

    pub fn is_excluded(&self) -> bool {
        self.question.excluded.contains(self.host)
    }

    pub fn after_side(&self) -> Side<'_> {
        Side::After(self.question.changes)
    }

    /// Point 3: the old modules in the old order, plus what was added.
    fn modules(&self) -> Result<(), String> {
        let added: Vec<RepoPath> = self
            .question
            .recipe
            .known_profiles()
            .map(|one| self.question.layout.profile(&one.name))
            .collect();
        let had: Vec<Fingerprint> = self
            .old
            .modules
            .all
            .iter()
            .filter(|module| !self.may_go(module))
            .map(|module| Side::Before.module(module))
            .collect();
        let is_new = |module: &&Module| match self.after_side().module(module) {
            Fingerprint::File(file) => {
                added.contains(&file) && !had.contains(&Fingerprint::File(file))
            }
            Fingerprint::Place(_, None) => !self.only_overlays(self.after, module),
            _ => false,
        };
        let is_ours = |module: &&Module| {
            matches!(
                self.after_side().module(module),
                Fingerprint::Place(_, None)
            )
        };
        if let Some(module) = self
            .new
            .modules
            .all
            .iter()
            .find(|module| is_ours(module) && is_new(module))
        {
            return Err(format!("it would get the module {:?}", module.origin));
        }
        let kept = self
            .new
            .modules
            .all
            .iter()
            .filter(|module| !is_ours(module) && !is_new(module) && !self.is_added(module));
        let has: Vec<Fingerprint> = kept
            .filter(|module| !self.may_go(module))
            .map(|module| self.after_side().module(module))
            .collect();
        if had == has {
            Ok(())
        } else {
            Err("its modules would change".to_string())
        }
    }

    /// Point 3b: what it imports is there, unless it was missing before.
    fn present(&self) -> Result<(), String> {
        let is_missing = |flake: &Flake, file: &RepoPath| flake.tree().kind(file).is_none();
        let was_missing = |file: &RepoPath| {
            let mut files = self.old.modules.files();
            files.any(|old| old == file) && is_missing(self.before, file)
        };
        let files = self.new.modules.files();
        let missing = files.filter(|file| is_missing(self.after, file));
        match missing.filter(|file| !was_missing(file)).min() {
            Some(file) => Err(format!("it would import `{file}`, which is not there")),
            None => Ok(()),
        }
    }

    /// Whether the module does nothing but set overlays: such a one may go when it is left empty.
    fn may_go(&self, module: &Module) -> bool {
        !self.question.changes.deleted.is_empty()
            && matches!(module.key, ModuleKey::Inline(..))
            && self.only_overlays(self.before, module)
    }

    fn only_overlays(&self, flake: &Flake, module: &Module) -> bool {
        let Kind::Attrs(attrs) = &module.value.kind else {
            return false;
        };
        let nixpkgs = attrs
            .map
            .get("nixpkgs")
            .map(|attr| flake.ev.force(&attr.value));
        let only = |value: &crate::eval::value::Value| {
            value
                .as_attrs()
                .is_some_and(|attrs| attrs.map.keys().all(|name| &**name == "overlays"))
        };
        attrs.map.len() == 1 && nixpkgs.is_some_and(|value| only(&value))
    }

    /// Point 5: exactly its profile, once.
    fn profile(&self) -> Result<(), String> {
        if !self.question.ran("import-profile") || self.question.recipe.profiles.is_none() {
            return Ok(());
        }
        let imported = |built: &Built| -> Vec<(String, bool)> {
            let profiles = self.question.recipe.known_profiles();
            let found = profiles.filter_map(|profile| {
                let module = built
                    .modules
                    .of_file(&self.question.layout.profile(&profile.name))?;
                Some((profile.name.clone(), module.certain))
            });
            found.collect()
        };
        let choice = self.question.choices.get(self.host);
        let Some(choice) = choice.filter(|_| !self.is_excluded()) else {
            let same = imported(self.old) == imported(self.new);
            return if same {
                Ok(())
            } else {
                Err("it would get a profile".to_string())
            };
        };
        let found = imported(self.new);
        if found == [(choice.profile.clone(), true)] {
            if !imported(self.old).contains(&found[0]) {
                self.has_package_of(&choice.profile)?;
            }
            return self.reachable(&self.question.layout.profile(&choice.profile));
        }
        let names: Vec<_> = found.iter().map(|(name, _)| format!("`{name}`")).collect();
        Err(format!(
            "it should import the profile `{}` alone, but has {}",
            choice.profile,
            match names.as_slice() {
                [] => "none".to_string(),
                names => names.join(", "),
            }
        ))
    }

    /// Whether the host has an overlay that defines the package of the profile, where one of the recipe does.
    fn has_package_of(&self, profile: &str) -> Result<(), String> {
        let mut profiles = self.question.recipe.known_profiles();
        let profile = profiles.find(|one| one.name == profile);
        let Some(package) = profile.and_then(|one| one.package.as_ref()) else {
            return Ok(());
        };
        let all = self.question.first().chain(self.question.second());
        let mut defining = all
            .filter(|overlay| overlay.defines().contains(package))
            .peekable();
        let has_none = defining.peek().is_none();
        match has_none || defining.any(|overlay| overlay.applies_to(self.after, self.new)) {
            true => Ok(()),
            false => Err(format!(
                "it would lack the overlay that defines `{package}`"
            )),
        }
    }

    /// Whether the place that imports the file can name it.
    fn reachable(&self, file: &RepoPath) -> Result<(), String> {
        let module = self.new.modules.of_file(file);
        let place = module.and_then(|module| module.origin.as_ref());
        match place.is_some_and(|place| self.after.leaves_copy(&place.file.path, file)) {
            true => Err(format!(
                "`{file}` is outside of the copy in which it is named"
            )),
            false => Ok(()),
        }
    }
}
