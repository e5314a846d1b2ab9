//! What was there before: what the passes ensure and found done.

use super::Planner;
use crate::flake::model::Built;
use crate::pass::{Changes, Placed};

impl Planner<'_> {
    /// A sentence for each part that was there already.
    pub(super) fn already(&self, changes: &Changes) -> Vec<String> {
        let mut sentences = Vec::new();
        if let Some(input) = self
            .recipe
            .input
            .as_ref()
            .filter(|_| self.runs("add-input"))
            && self.before.flake.input(&input.name).is_some()
        {
            sentences.push(format!("The flake has the input `{}`", input.name));
        }
        let tree = self.before.flake.tree();
        for path in self.layout.overlays.values() {
            if tree.file(path).is_ok() {
                sentences.push(format!("`{path}` is there"));
            }
        }
        let with_overlay = self.hosts_with(changes, Placed::Overlay, |_, built| {
            self.overlay_before(built).is_some()
        });
        if !with_overlay.is_empty() {
            sentences.push(format!("The overlay is applied to {with_overlay}"));
        }
        let with_profile = self.hosts_with(changes, Placed::Profile, |host, built| {
            let choice = self.choices.get(host);
            choice.is_some_and(|choice| self.profile_before(built, choice).is_some())
        });
        if !with_profile.is_empty() {
            sentences.push(format!("The profile is imported by {with_profile}"));
        }
        sentences
    }

    /// The hosts that are served, did not get this now, and have it.
    fn hosts_with(
        &self,
        changes: &Changes,
        placed: Placed,
        has: impl Fn(&str, &Built) -> bool,
    ) -> String {
        let excluded = self.excluded();
        let served = self.before.built().filter(|(_, host, built)| {
            let name = host.name.to_string();
            !excluded.contains(&name)
                && has(&name, built)
                && !changes.placed.contains_key(&(name, placed))
        });
        let names = served.map(|(_, host, _)| format!("`{}`", host.name));
        names.collect::<Vec<_>>().join(", ")
    }
}
