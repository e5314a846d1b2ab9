//! What a table says of a host, cell by cell.

use crate::plan::{Confidence, Evidence, HostPlan, HostStatus, Location};

/// `file:line`.
pub(super) fn place(location: &Location) -> String {
    format!("{}:{}", location.file, location.line)
}

/// A piece of evidence and where it stands: `services.xserver.videoDrivers at machines/carbon.nix:12`.
pub(super) fn evidence(evidence: &Evidence) -> String {
    format!("{} at {}:{}", evidence.text, evidence.file, evidence.line)
}

/// Why a host gets its profile, or why it is refused.
pub(super) fn why(host: &HostPlan) -> String {
    if let (HostStatus::Refused, Some(reason)) = (host.status, &host.reason) {
        return reason.clone();
    }
    match host.confidence {
        Some(Confidence::Given) => "given".to_string(),
        Some(Confidence::Certain) => strongest(host).unwrap_or_default(),
        Some(Confidence::Likely) => strongest(host).map_or_else(
            || "likely".to_string(),
            |evidence| format!("likely: {evidence}"),
        ),
        Some(Confidence::Default) => "default, no evidence".to_string(),
        Some(Confidence::Contradictory) => contradiction(host),
        None => String::new(),
    }
}

/// The first piece of evidence for the profile that was chosen.
fn strongest(host: &HostPlan) -> Option<String> {
    let chosen = host
        .evidence
        .iter()
        .find(|evidence| Some(&evidence.says) == host.profile.as_ref());
    chosen.or(host.evidence.first()).map(evidence)
}

fn contradiction(host: &HostPlan) -> String {
    let sides = host
        .evidence
        .iter()
        .map(|side| format!("{}: {}", side.says, evidence(side)));
    let sides = sides.collect::<Vec<_>>().join("; ");
    if sides.is_empty() {
        "contradictory".to_string()
    } else {
        format!("contradictory: {sides}")
    }
}
