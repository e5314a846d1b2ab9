//! Points 4 and 6: the overlays of a host, and what their names mean.

use super::fingerprint::Side;
use super::hosts::Pair;
use crate::eval::value::Kind;
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::overlays::{Overlay, Takes};
use crate::pass::{Applied, shadowed};
use crate::recipe;

impl Pair<'_> {
    /// Point 4: the old overlays in the old order, less the removed ones, plus each new one exactly once.
    pub fn overlays(&self) -> Result<(), String> {
        let is_ours = |flake: &Flake, overlay: &Overlay| {
            self.question.applied().any(|ours| ours.is(flake, overlay))
        };
        let is_gone = |overlay: &&Overlay| {
            overlay
                .file()
                .is_some_and(|file| self.question.changes.deleted.contains(file))
        };
        let old = self
            .old
            .overlays
            .all
            .iter()
            .filter(|overlay| !is_ours(self.before, overlay) && !is_gone(overlay));
        let old: Vec<_> = old
            .map(|overlay| (Side::Before.value(&overlay.value), overlay.certain))
            .collect();
        let kept = self
            .new
            .overlays
            .all
            .iter()
            .filter(|overlay| !is_ours(self.after, overlay));
        let kept: Vec<_> = kept
            .map(|overlay| (self.after_side().value(&overlay.value), overlay.certain))
            .collect();
        if old != kept {
            return Err("its other overlays would change".to_string());
        }
        if std::mem::discriminant(&self.old.overlays.takes)
            != std::mem::discriminant(&self.new.overlays.takes)
        {
            return Err("the package set it uses would change".to_string());
        }
        for overlay in self.question.applied() {
            self.applied_once(overlay)?;
        }
        Ok(())
    }

    fn applied_once(&self, overlay: Applied) -> Result<(), String> {
        let found = |flake: &Flake, built: &Built| {
            let all = built.overlays.all.iter();
            all.filter(|one| overlay.is(flake, one))
                .cloned()
                .collect::<Vec<_>>()
        };
        let (before, after) = (found(self.before, self.old), found(self.after, self.new));
        if self.is_excluded() {
            return if before.len() == after.len() {
                Ok(())
            } else {
                Err(format!("it would get the overlay `{overlay}`"))
            };
        }
        let [only] = after.as_slice() else {
            return Err(format!("it applies `{overlay}` {} times", after.len()));
        };
        if !only.certain {
            return Err(format!("it applies `{overlay}` under a condition only"));
        }
        if let Applied::File(_, path) = overlay
            && let Some(place) = self.new.overlays.place_of(self.after, path)
            && self.after.leaves_copy(&place.file.path, path)
        {
            return Err(format!(
                "`{path}` is outside of the copy in which it is named"
            ));
        }
        if let Takes::PackageSet { why } = &self.new.overlays.takes
            && self
                .new
                .overlays
                .lists
                .iter()
                .any(|list| !list.of_package_set)
        {
            return Err((*why).to_string());
        }
        if let Applied::File(file, path) = overlay
            && let Some(input) = file
                .inputs
                .iter()
                .find(|input| !self.sees_input(only, input))
        {
            return Err(format!("`{path}` would not see the input `{input}`"));
        }
        Ok(())
    }

    /// Whether the `inputs` that the overlay was given has the flake's own input of that name.
    fn sees_input(&self, overlay: &Overlay, input: &str) -> bool {
        let Kind::Lambda(lambda) = &overlay.value.kind else {
            return false;
        };
        let Some(inputs) = lambda.env.lexical(recipe::OVERLAY_ARGUMENT) else {
            return false;
        };
        let inputs = self.after.ev.force(&inputs);
        self.after
            .ev
            .get(&inputs, input)
            .is_some_and(|value| Flake::is_input(&value, input))
    }

    /// Point 6: no name of another overlay of the repository means something else.
    pub fn shadowed(&self) -> Option<String> {
        if self.question.shadow || self.is_excluded() {
            return None;
        }
        let ours = &self.question.layout.overlays;
        for overlay in self.question.applied() {
            let had = self
                .old
                .overlays
                .all
                .iter()
                .any(|one| overlay.is(self.before, one));
            let found = shadowed(self.after, self.new, overlay.defines(), |file| {
                ours.values().any(|path| path == file)
            });
            if let (Some(shadowed), false) = (found.first(), had) {
                let names = shadowed.names.join("`, `");
                return Some(format!("{} defines `{names}` as well", shadowed.by()));
            }
        }
        None
    }
}
