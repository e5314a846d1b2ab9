//! What the plan says of one host.

use super::Planner;
use crate::diagnostic::Diagnostic;
use crate::flake::model::{Built, HostModel};
use crate::flake::platform::platforms;
use crate::pass::{Applied, Changes, Choice, Placed};
use crate::path::RepoPath;
use crate::plan::{HostPlan, HostStatus, Location};

impl Planner<'_> {
    /// What happens to the host of `model`; `flaw` is what is wrong with the flake as a whole.
    pub(super) fn host(
        &self,
        model: &HostModel,
        changes: &Changes,
        flaw: Option<&Diagnostic>,
    ) -> HostPlan {
        let name = model.host.name.to_string();
        let refusal = self.refused.get(&name).or(flaw);
        let choice = self.choices.get(&name);
        let built = model.built.as_ref().ok();
        let placed = |what| changes.placed.get(&(name.clone(), what)).cloned();
        let overlay_at = placed(Placed::Overlay).or_else(|| self.overlay_before(built?));
        let profile_at = placed(Placed::Profile).or_else(|| self.profile_before(built?, choice?));
        let is_placed = |what| changes.placed.contains_key(&(name.clone(), what));
        let loses = built.is_some_and(|built| {
            let removed = |file: &RepoPath| changes.deleted.contains(file);
            built
                .overlays
                .all
                .iter()
                .any(|overlay| overlay.file().is_some_and(removed))
        });
        let gains = [Placed::Overlay, Placed::Profile, Placed::Module];
        let changing = gains.into_iter().any(is_placed) || loses;
        let left_out = self.request.left_out.hosts.contains(&name);
        HostPlan {
            system: built.and_then(|built| self.system(built)),
            status: match (refusal, changing) {
                (Some(_), _) => HostStatus::Refused,
                _ if left_out => HostStatus::LeftOut,
                (None, true) => HostStatus::Changes,
                (None, false) => HostStatus::Clean,
            },
            reason: refusal
                .map(|diagnostic| diagnostic.message.clone())
                .or_else(|| left_out.then(|| "you left it out".to_string())),
            machine_file: built.and_then(|built| built.machine_file.clone()),
            profile: choice.map(|choice| choice.profile.clone()),
            confidence: choice.map(|choice| choice.confidence),
            evidence: choice
                .map(|choice| choice.evidence.clone())
                .unwrap_or_default(),
            overlay_at: overlay_at.filter(|_| refusal.is_none()),
            profile_at: profile_at.filter(|_| refusal.is_none()),
            name,
        }
    }

    fn system(&self, built: &Built) -> Option<String> {
        let platforms = platforms(&self.before.flake, built);
        platforms.into_iter().next().map(|one| one.system)
    }

    pub(super) fn overlay_before(&self, built: &Built) -> Option<Location> {
        let flake = &self.before.flake;
        let origin = if let Some(overlay) = &self.recipe.input_overlay {
            let overlay = Applied::Attribute(overlay);
            let mut all = built.overlays.all.iter();
            all.find(|one| overlay.is(flake, one))?.origin()?.clone()
        } else {
            let overlay = self.recipe.overlay.as_ref()?;
            let path = self.layout.overlays.get(&overlay.path)?;
            built.overlays.place_of(flake, path)?
        };
        Some(Location {
            line: origin.line(),
            file: origin.file.path.clone(),
        })
    }

    pub(super) fn profile_before(&self, built: &Built, choice: &Choice) -> Option<Location> {
        let module = built
            .modules
            .of_file(&self.layout.profile(&choice.profile))?;
        let origin = module.origin.as_ref()?;
        Some(Location {
            line: origin.line(),
            file: origin.file.path.clone(),
        })
    }
}
