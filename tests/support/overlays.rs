//! The overlays of a host: the old ones in their order, less those of deleted files, plus the new one once.

use super::host_pair::HostPair;
use super::hosts::Overlay;

impl HostPair<'_> {
    /// What is wrong with the overlays that take effect.
    pub fn overlay_problems(&self) -> Vec<String> {
        let (new, after): (Vec<&Overlay>, Vec<&Overlay>) = self
            .after
            .overlays
            .iter()
            .partition(|overlay| self.expected.is_new(overlay) && !self.is_kept(overlay));
        let mut found = Vec::new();
        let already = self
            .before
            .overlays
            .iter()
            .any(|one| self.is_kept(one) && self.expected.is_new(one));
        match (new.len(), already) {
            (1, false) | (0, true) => {}
            (0, false) if !self.expected.has_overlay() => {}
            (0, false) => found.push("the new overlay is missing".to_string()),
            (count, _) => found.push(format!("the new overlay is applied {count} times")),
        }
        for names in &self.expected.further_overlays {
            let count = after.iter().filter(|one| one.names == *names).count();
            if count != 1 {
                found.push(format!("the overlay of {names:?} is applied {count} times"));
            }
        }
        let kept: Vec<&Overlay> = self
            .before
            .overlays
            .iter()
            .filter(|overlay| !self.is_deleted(overlay))
            .collect();
        let after: Vec<&Overlay> = after
            .into_iter()
            .filter(|overlay| !self.expected.is_further(overlay))
            .collect();
        if kept != after {
            found.push(format!(
                "its other overlays were {}, and are {}",
                show(&kept),
                show(&after)
            ));
        }
        found
    }

    /// Whether an overlay that looks like the new one was there before.
    fn is_kept(&self, overlay: &Overlay) -> bool {
        self.before.overlays.contains(overlay) && !self.is_deleted(overlay)
    }

    /// Whether the migration deleted the files in which `overlay` stood.
    pub fn is_deleted(&self, overlay: &Overlay) -> bool {
        let deleted = |file: &String| {
            let path = file.strip_prefix("<repo>/");
            path.is_some_and(|path| self.comparison.deleted.iter().any(|gone| gone == path))
        };
        !overlay.files.is_empty() && overlay.files.iter().all(deleted)
    }
}

fn show(overlays: &[&Overlay]) -> String {
    let names: Vec<String> = overlays
        .iter()
        .map(|overlay| format!("{{{}}}", overlay.names.join(" ")))
        .collect();
    format!("[{}]", names.join(" "))
}
