//! What is no host: each keeps its overlays in their order, has the new one where it had one that went, and gets packages
//! of a profile only together with the overlay that defines them.

use super::fingerprint::{Fingerprint, Side};
use super::{Question, failure};
use crate::diagnostic::Diagnostic;
use crate::flake::Flake;
use crate::flake::model::{Built, Model};
use crate::flake::others::Other;
use crate::flake::overlays::Overlay;

pub(super) fn check(question: &Question, model: &Model) -> Vec<Diagnostic> {
    if question.changes.version == 0 {
        return Vec::new();
    }
    let (before, after) = (question.before.others(), model.others());
    let names = |others: &[Other]| {
        others
            .iter()
            .map(|one| one.name.clone())
            .collect::<Vec<_>>()
    };
    if names(before) != names(after) {
        let message = "what the flake builds besides its hosts would change".to_string();
        return vec![failure("proof-others", message)];
    }
    let pairs = before.iter().zip(after);
    let failures = pairs.filter_map(|(old, new)| {
        let why = problem(question, &model.flake, &old.built, &new.built)?;
        Some(failure("proof-others", format!("`{}` {why}", old.name)))
    });
    failures.collect()
}

fn problem(question: &Question, after: &Flake, old: &Built, new: &Built) -> Option<&'static str> {
    let is_gone = |one: &Overlay| {
        one.file()
            .is_some_and(|file| question.changes.deleted.contains(file))
    };
    let is_ours = |flake: &Flake, one: &Overlay| question.applied().any(|ours| ours.is(flake, one));
    let kept = |flake: &Flake, built: &Built, side: Side| -> Vec<(Fingerprint, bool)> {
        let all = built.overlays.all.iter();
        all.filter(|one| !is_gone(one) && !is_ours(flake, one))
            .map(|one| (side.value(&one.value), one.certain))
            .collect()
    };
    let then = kept(&question.before.flake, old, Side::Before);
    if then != kept(after, new, Side::After(question.changes)) {
        return Some("would have other overlays");
    }
    // Twice does no harm: it gives the same names the same packages.
    if question.applied().all(|ours| ours.applies_to(after, new)) {
        return None;
    }
    if old.overlays.all.iter().any(is_gone) {
        return Some("would lose an overlay and not have the new one instead");
    }
    gets_profile(question, old, new)
        .then_some("would get a profile without the overlay that it needs")
}

fn gets_profile(question: &Question, old: &Built, new: &Built) -> bool {
    let mut profiles = question
        .recipe
        .known_profiles()
        .map(|profile| question.layout.profile(&profile.name));
    profiles
        .any(|file| old.modules.of_file(&file).is_none() && new.modules.of_file(&file).is_some())
}
