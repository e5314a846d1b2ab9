//! What is said of a host: the words for its state, its places, and why it gets its profile.

use crate::plan::{Confidence, Evidence, HostPlan, HostStatus, Location};
use crate::report::visible::visible_line;

/// A host's status in a word, the same for people.
pub(super) fn status_word(status: HostStatus) -> &'static str {
    match status {
        HostStatus::Changes => "changes",
        HostStatus::Clean => "clean",
        HostStatus::Refused => "refused",
        HostStatus::LeftOut => "left out",
    }
}

/// A confidence in a word, the same for people.
pub(super) fn confidence_word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Given => "given",
        Confidence::Certain => "certain",
        Confidence::Likely => "likely",
        Confidence::Default => "default",
        Confidence::Contradictory => "contradictory",
    }
}

/// `file:line`.
pub(super) fn place(location: &Location) -> String {
    format!("{}:{}", location.file, location.line)
}

/// A piece of evidence and where it stands: `services.xserver.videoDrivers at machines/carbon.nix:12`.
pub(super) fn evidence(evidence: &Evidence) -> String {
    format!("{} at {}:{}", evidence.text, evidence.file, evidence.line)
}

/// The first piece of evidence for the host's profile, on one line.
pub fn evidence_for_profile(host: &HostPlan) -> Option<String> {
    let says = |one: &&Evidence| Some(&one.says) == host.profile.as_ref();
    let found = host.evidence.iter().find(says)?;
    Some(visible_line(&evidence(found)))
}

/// The first piece of evidence, where none is for the host's profile, with what it speaks for, on one line.
pub fn evidence_for_others(host: &HostPlan) -> Option<String> {
    match evidence_for_profile(host) {
        Some(_) => None,
        None => sides(host).into_iter().next(),
    }
}

/// Each piece of evidence with the profile that it speaks for, on one line.
pub fn sides(host: &HostPlan) -> Vec<String> {
    let side = |one: &Evidence| visible_line(&format!("{}: {}", one.says, evidence(one)));
    host.evidence.iter().map(side).collect()
}

/// Why a host gets its profile, or why it is refused.
pub(super) fn why(host: &HostPlan) -> String {
    if let (HostStatus::Refused | HostStatus::LeftOut, Some(reason)) = (host.status, &host.reason) {
        return reason.clone();
    }
    match host.confidence {
        Some(Confidence::Given) => "given".to_string(),
        Some(Confidence::Certain) => strongest(host).unwrap_or_default(),
        Some(Confidence::Likely) => strongest(host).map_or_else(
            || "likely".to_string(),
            |evidence| format!("likely: {evidence}"),
        ),
        Some(Confidence::Default) => default_because(host),
        Some(Confidence::Contradictory) => contradiction(host),
        None => String::new(),
    }
}

/// What there is for the default, or else what did not suffice for another profile.
fn default_because(host: &HostPlan) -> String {
    match (evidence_for_profile(host), evidence_for_others(host)) {
        (Some(evidence), _) => format!("default: {evidence}"),
        (None, Some(other)) => format!("default, undecided: {other}"),
        (None, None) => "default, no evidence".to_string(),
    }
}

/// A piece of evidence for the profile that was chosen, or else any.
fn strongest(host: &HostPlan) -> Option<String> {
    evidence_for_profile(host).or_else(|| host.evidence.first().map(evidence))
}

fn contradiction(host: &HostPlan) -> String {
    let sides = sides(host).join("; ");
    if sides.is_empty() {
        "contradictory".to_string()
    } else {
        format!("contradictory: {sides}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::plan;

    #[test]
    fn says_why_a_host_gets_its_profile() {
        let carbon = plan().hosts.remove(0);
        let driver = "services.xserver.videoDrivers at machines/carbon.nix:12";
        for (confidence, said) in [
            (Some(Confidence::Given), "given".to_string()),
            (Some(Confidence::Certain), driver.to_string()),
            (Some(Confidence::Likely), format!("likely: {driver}")),
            (Some(Confidence::Default), format!("default: {driver}")),
            (
                Some(Confidence::Contradictory),
                format!("contradictory: cuda: {driver}"),
            ),
            (None, String::new()),
        ] {
            assert_eq!(
                why(&HostPlan {
                    confidence,
                    ..carbon.clone()
                }),
                said
            );
        }
    }

    #[test]
    fn says_what_the_default_rests_on() {
        let mut boron = plan().hosts.remove(1);
        assert_eq!(why(&boron), "default, no evidence");
        let mut found = plan().hosts.remove(0).evidence;
        found[0].says = "not cuda".to_string();
        boron.evidence = found;
        let other = "not cuda: services.xserver.videoDrivers at machines/carbon.nix:12";
        assert_eq!(why(&boron), format!("default, undecided: {other}"));
        boron.evidence[0].says = "cpu-optimized".to_string();
        let own = "services.xserver.videoDrivers at machines/carbon.nix:12";
        assert_eq!(why(&boron), format!("default: {own}"));
    }

    #[test]
    fn evidence_for_the_chosen_profile_comes_before_other_evidence() {
        let mut carbon = plan().hosts.remove(0);
        let other = Evidence {
            says: "vulkan".to_string(),
            text: "x".to_string(),
            ..carbon.evidence[0].clone()
        };
        carbon.evidence.insert(0, other);
        assert_eq!(
            why(&carbon),
            "services.xserver.videoDrivers at machines/carbon.nix:12"
        );
    }
}
