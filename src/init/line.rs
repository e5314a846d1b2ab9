//! One host in a `nixfix.toml`: the setting, whether it counts, and the reason.

use super::Confidence;
use crate::plan::HostPlan;
use crate::report::{evidence_for_others, evidence_for_profile, sides};

/// What is written of a host.
pub(super) struct Line {
    /// `carbon = "cuda"`.
    pub setting: String,
    /// Whether it is a setting, or commented out.
    counts: bool,
    /// Why, on the same line.
    pub reason: String,
    /// What speaks for and against it, a line each, where the user must choose.
    pub sides: Vec<String>,
}

impl Line {
    /// What makes a comment of it.
    pub(super) fn mark(&self) -> &'static str {
        if self.counts { "" } else { "# " }
    }
}

/// The line of `host`; `None` where nothing is known of it.
pub(super) fn line(host: &HostPlan, profiles: &[&str]) -> Option<Line> {
    let profile = host.profile.as_deref()?;
    let because = |word: &str| match evidence_for_profile(host) {
        Some(evidence) => format!("{word}: {evidence}"),
        None => format!("{word}: no evidence"),
    };
    let line = |profile: &str, counts, reason: String| Line {
        setting: format!("{} = {}", key(&host.name), string(profile)),
        counts,
        reason,
        sides: Vec::new(),
    };
    Some(match host.confidence? {
        Confidence::Given => line(profile, true, "given".to_string()),
        Confidence::Certain => line(profile, true, because("certain")),
        Confidence::Likely => line(profile, true, because("likely")),
        Confidence::Default => {
            let other =
                evidence_for_others(host).map(|other| format!("default, undecided: {other}"));
            line(profile, false, other.unwrap_or_else(|| because("default")))
        }
        Confidence::Contradictory => Line {
            sides: sides(host),
            ..line(
                spoken_for(host, profiles).unwrap_or(profile),
                false,
                "contradictory: choose a profile, and remove the `#`".to_string(),
            )
        },
    })
}

/// The first profile that a side speaks for.
fn spoken_for<'h>(host: &'h HostPlan, profiles: &[&str]) -> Option<&'h str> {
    let says = host.evidence.iter().map(|side| side.says.as_str());
    says.into_iter().find(|says| profiles.contains(says))
}

fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.bytes().all(is_bare) {
        name.to_string()
    } else {
        string(name)
    }
}

/// A string of TOML on one line. What JSON escapes, TOML escapes alike; it forbids one character more.
fn string(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.replace('\u{7f}', "\\u007f")
}
