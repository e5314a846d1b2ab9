//! From signs to a verdict: which profile, how sure, and on what evidence.

use super::case::Case;
use super::signs::{CUDA, Fact, ROCM, Sign, Strength, VULKAN};
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
    let of_graphics =
        |sign: &&Sign| !matches!(sign.fact, Fact::Cpu(_) | Fact::MayPassOn | Fact::Screen);
    let of_graphics = signs.iter().filter(of_graphics);
    let (sure, doubtful): (Vec<&Sign>, Vec<&Sign>) =
        of_graphics.partition(|sign| sign.strength > Strength::Doubtful);
    let mut evidence = Vec::new();
    let mut add = |one: Evidence| {
        if !evidence.contains(&one) {
            evidence.push(one);
        }
    };
    sure.iter().for_each(|sign| add(sign.evidence()));
    if sure.is_empty() {
        // Where there is nothing else, what holds perhaps tells that there is something to decide.
        let doubtful = doubtful.iter().map(|sign| sign.evidence());
        let of_card = |one: &Evidence| [CUDA, ROCM, VULKAN].contains(&one.says.as_str());
        doubtful.filter(of_card).for_each(add);
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
