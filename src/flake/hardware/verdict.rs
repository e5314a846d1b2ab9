//! From signs to a verdict: which profile, how sure, and on what evidence.

use super::case::Case;
use super::signs::{Fact, Sign, Strength};
use crate::plan::{Confidence, Evidence};

/// What a host's configuration says about its profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The profile, if anything speaks for one.
    pub profile: Option<&'static str>,
    /// How sure that is.
    pub confidence: Confidence,
    /// The lines it rests on, those for the profile first.
    pub evidence: Vec<Evidence>,
    /// The profile that is built for its CPU.
    pub cpu: Option<(&'static str, Evidence)>,
    /// The NVIDIA driver, where it is one that today's CUDA does not run on.
    pub legacy: Option<(u32, Evidence)>,
}

/// Weighs the signs of one host.
pub(super) fn weigh(signs: &[Sign]) -> Verdict {
    let case = Case { signs };
    let (profile, confidence) = case.decide();
    let mut evidence = Vec::new();
    let of_graphics =
        |sign: &&Sign| !matches!(sign.fact, Fact::Cpu(_) | Fact::MayPassOn | Fact::Screen);
    for sign in signs.iter().filter(of_graphics) {
        let one = sign.evidence();
        if sign.strength > Strength::Doubtful && !evidence.contains(&one) {
            evidence.push(one);
        }
    }
    // A stable sort: what speaks for the profile comes first, the rest stays in order.
    evidence.sort_by_key(|one| Some(one.says.as_str()) != profile);
    Verdict {
        profile,
        confidence,
        evidence,
        cpu: case.cpu(),
        legacy: case
            .legacy()
            .map(|(branch, sign)| (branch, sign.evidence())),
    }
}
