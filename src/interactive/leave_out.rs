//! Skipping steps: each becomes something that the planner leaves out, and the planner says what cannot stay without it.

use anyhow::Result;

use super::state::State;
use super::{Dialogue, Review};
use crate::pass::PASSES;
use crate::plan::{HostStatus, Plan, Step, StepKind};
use crate::report::{self, visible_line};

/// What the profiles and packages of an overlay need it for.
const NEED_OVERLAY: [&str; 6] = [
    "write-overlay",
    "insert-overlay",
    "write-profiles",
    "import-profile",
    "advanced-overlay",
    "home-packages",
];

/// Skips the steps and whatever cannot be done without them, and tells what that is. Where the rest makes no whole, the
/// state stays as it was, and the reason is told.
pub(super) fn skip(
    review: &Review,
    state: &mut State,
    steps: &[Step],
    dialogue: &mut dyn Dialogue,
) -> Result<()> {
    let mut next = state.clone();
    steps
        .iter()
        .for_each(|step| leave_out(&mut next, &step.kind));
    next.replan(review);
    if next.flaw().is_some()
        && !next
            .request
            .skip
            .iter()
            .any(|pass| pass == "remove-overlay")
    {
        // What an old overlay has may be needed again.
        next.request.skip.push("remove-overlay".to_string());
        next.replan(review);
    }
    if let Some(flaw) = next.flaw() {
        let why = report::diagnostics(std::slice::from_ref(flaw), review.style, review.texts);
        return dialogue.show(&format!("this cannot be left out by itself:\n{why}"));
    }
    let stays = |step: &Step| next.plan.steps.iter().any(|one| one.title == step.title);
    if let Some(step) = steps.iter().find(|step| stays(step)) {
        let title = visible_line(&step.title);
        return dialogue.show(&format!("this cannot be left out by itself: {title}\n"));
    }
    let lines = consequences(&state.plan, &next.plan, steps);
    let indented = |line: &String| {
        let room = review.style.width.saturating_sub(4).max(20);
        format!("  {}\n", report::wrap(line, room).join("\n    "))
    };
    dialogue.show(&lines.iter().map(indented).collect::<String>())?;
    if next.plan.refused {
        return dialogue.show("nothing could be done without it, so it is not skipped\n");
    }
    *state = next;
    Ok(())
}

/// Has the planner leave out a step.
fn leave_out(state: &mut State, kind: &StepKind) {
    let advanced = advanced_overlay(state);
    let left = &mut state.request.left_out;
    match kind {
        StepKind::AddInput => skip_passes(state, PASSES.iter().map(|pass| pass.name)),
        StepKind::WriteOverlay(path) if advanced.as_deref() == Some(path.name()) => {
            disable_advanced(state);
        }
        StepKind::ApplyOverlay { overlay, .. } if is_named(overlay, advanced.as_deref()) => {
            disable_advanced(state);
        }
        // It is for what else the flake builds, and only because the old overlay goes.
        StepKind::ApplyOverlay { hosts, .. } if hosts.is_empty() => {
            skip_passes(state, std::iter::once("remove-overlay"));
        }
        StepKind::WriteOverlay(_) => skip_passes(state, NEED_OVERLAY.into_iter()),
        StepKind::ApplyOverlay { hosts, .. } | StepKind::InsertModule { hosts, .. } => {
            left.hosts.extend(hosts.iter().cloned());
        }
        StepKind::WriteProfiles => {
            skip_passes(state, ["write-profiles", "import-profile"].into_iter());
        }
        StepKind::ImportProfile { hosts, .. } => left.profiles.extend(hosts.iter().cloned()),
        StepKind::RemoveOverlay(file) => {
            left.old_overlays.insert(file.clone());
        }
        StepKind::AddHomePackage { file, package } => state
            .recipe
            .home
            .retain(|home| home.file != *file || home.package != *package),
        StepKind::Rest(pass) => skip_passes(state, std::iter::once(*pass)),
    }
}

/// The file name of the second overlay; the planner may write it to another directory.
fn advanced_overlay(state: &State) -> Option<String> {
    let overlay = &state.recipe.advanced.as_ref()?.overlay;
    Some(overlay.path.name().to_string())
}

fn is_named(overlay: &str, name: Option<&str>) -> bool {
    name.is_some_and(|name| overlay.rsplit('/').next() == Some(name))
}

/// Its profiles go with it.
fn disable_advanced(state: &mut State) {
    if let Some(advanced) = &mut state.recipe.advanced {
        advanced.enabled = false;
    }
}

fn skip_passes<'a>(state: &mut State, names: impl Iterator<Item = &'a str>) {
    for name in names {
        if !state.request.skip.iter().any(|one| one == name) {
            state.request.skip.push(name.to_string());
        }
    }
}

/// What goes with the skipped steps: other steps, and hosts for which no way is left.
fn consequences(before: &Plan, after: &Plan, skipped: &[Step]) -> Vec<String> {
    let stays = |step: &Step| {
        let same = |other: &Step| {
            let alike = std::mem::discriminant(&step.kind) == std::mem::discriminant(&other.kind);
            let shares = |host: &String| other.kind.hosts().contains(host);
            alike && (step.kind == other.kind || step.kind.hosts().iter().any(shares))
        };
        after.steps.iter().any(same)
    };
    let asked = |step: &Step| skipped.iter().any(|one| one.kind == step.kind);
    let mut lines = Vec::new();
    for step in before
        .steps
        .iter()
        .filter(|step| !stays(step) && !asked(step))
    {
        lines.push(format!("skipped with it: {}", visible_line(&step.title)));
    }
    for host in &after.hosts {
        let then = before.hosts.iter().find(|then| then.name == host.name);
        let news = then.is_some_and(|then| then.status != host.status);
        if let (true, HostStatus::Refused, Some(reason)) = (news, host.status, &host.reason) {
            let name = visible_line(&host.name);
            lines.push(format!(
                "host `{name}` stays as it is: {}",
                visible_line(reason)
            ));
        }
    }
    lines
}
