//! The evidence for a host's profile, all of it.

use crate::plan::{HostPlan, Plan};
use crate::report::Style;
use crate::report::hosts::{confidence_word, evidence, why};
use crate::report::visible::visible_line;

/// A line for the host and its profile, and one for each piece of evidence.
pub fn host_evidence(host: &HostPlan, style: Style) -> String {
    let profile = host.profile.as_deref().unwrap_or("no profile");
    let confidence = host.confidence.map(confidence_word);
    let confidence = confidence.map_or_else(String::new, |word| format!(" ({word})"));
    let name = style.bold(&visible_line(&host.name));
    let mut out = format!("{name}: {profile}{confidence}\n");
    if host.evidence.is_empty() {
        out += &format!("  {}\n", visible_line(&why(host)));
    }
    for one in &host.evidence {
        let line = format!("{}: {}", one.says, evidence(one));
        out += &format!("  {}\n", visible_line(&line));
    }
    out
}

/// What was decided and why: every host with all its evidence, and where everything goes.
pub fn decisions(plan: &Plan, style: Style) -> String {
    let hosts = plan.hosts.iter();
    let mut out: String = hosts.map(|host| host_evidence(host, style)).collect();
    for (index, step) in plan.steps.iter().enumerate() {
        out += &format!("step {}: {}\n", index + 1, visible_line(&step.title));
    }
    if !plan.refused && !plan.changes.is_empty() {
        out += "proven: the edited flake has what it should have, and nothing else has changed\n";
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::plan;

    #[test]
    fn every_piece_of_evidence_has_its_line() {
        let plan = plan();
        let hosts = plan.hosts.iter();
        let shown: String = hosts
            .map(|host| host_evidence(host, Style::PLAIN))
            .collect();
        let expected = "\
carbon: cuda (certain)
  cuda: services.xserver.videoDrivers at machines/carbon.nix:12
boron: cpu-optimized (default)
  default, no evidence
nitrogen: no profile
  its module list is made by `mkHost`, which is not understood
";
        assert_eq!(shown, expected);
    }
}
