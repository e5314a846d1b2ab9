//! What the passes changed since the model at hand was read: what later passes have to know of it if they go by that model.

use std::collections::{BTreeMap, BTreeSet};

use super::cover::SpotKey;

/// The changes that an earlier model does not show.
#[derive(Clone, Default)]
pub struct Since {
    /// The input that was declared.
    pub(super) declared: Option<String>,
    /// The places where overlays were added, by what the overlay is called.
    pub(super) applied: BTreeMap<String, BTreeSet<SpotKey>>,
    /// Whether a module that is written in place was added.
    pub(super) has_modules: bool,
    /// Whether something was changed that no earlier model can be told about.
    pub needs_reading: bool,
}

impl Since {
    /// Adds what was changed before.
    pub fn and(mut self, before: Since) -> Since {
        self.has_modules |= before.has_modules;
        self.needs_reading |= before.needs_reading;
        self.declared = self.declared.or(before.declared);
        for (overlay, places) in before.applied {
            self.applied.entry(overlay).or_default().extend(places);
        }
        self
    }
}
