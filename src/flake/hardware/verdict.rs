//! From signs to a verdict: which profile, how sure, and on what evidence.

use super::signs::{CPU, CUDA, Fact, ROCM, Sign, Strength, VULKAN, Vendor};
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

/// The newest of NVIDIA's legacy drivers that today's CUDA does not run on, and the oldest one with Vulkan.
const TOO_OLD_FOR_CUDA: u32 = 470;
const OLDEST_WITH_VULKAN: u32 = 470;

/// Weighs the signs of one host.
pub(super) fn weigh(signs: &[Sign]) -> Verdict {
    let case = Case { signs };
    let (profile, confidence) = case.decide();
    let mut evidence = Vec::new();
    for sign in signs
        .iter()
        .filter(|sign| !matches!(sign.fact, Fact::Cpu(_)))
    {
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

struct Case<'s> {
    signs: &'s [Sign],
}

type Decision = (Option<&'static str>, Confidence);

const ASK: Decision = (None, Confidence::Contradictory);
const NOTHING: Decision = (None, Confidence::Default);

impl Case<'_> {
    fn decide(&self) -> Decision {
        match self
            .chosen(|fact| matches!(fact, Fact::Chosen(_)))
            .as_slice()
        {
            [] => {}
            [profile] => return (Some(profile), Confidence::Certain),
            _ => return ASK,
        }
        if self.has(&Fact::Image) {
            return NOTHING;
        }
        let runs = self.chosen(|fact| matches!(fact, Fact::Runs(_)));
        let plainly = |sign: &&Sign| {
            matches!(sign.fact, Fact::Runs(_) | Fact::Computes(_))
                && sign.strength == Strength::Certain
        };
        let uses = |profile: &str| {
            self.counting()
                .filter(plainly)
                .any(|sign| sign.evidence().says == profile)
        };
        match (runs.as_slice(), uses(CUDA), uses(ROCM)) {
            ([_, _, ..], _, _) | (_, true, true) => ASK,
            (_, true, false) => self.cuda_in_use(),
            (_, false, true) => self.rocm_in_use(),
            ([_], false, false) => self.vulkan_in_use(),
            ([], false, false) => self.by_cards(),
        }
    }

    /// The signs that count for this host by themselves.
    fn counting(&self) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(|sign| sign.counts())
    }

    fn has(&self, fact: &Fact) -> bool {
        self.counting().any(|sign| sign.fact == *fact)
    }

    /// The strongest sign for a fact.
    fn strength(&self, fact: &Fact) -> Option<Strength> {
        self.counting()
            .filter(|sign| sign.fact == *fact)
            .map(|sign| sign.strength)
            .max()
    }

    /// The different profiles that signs of this kind name.
    fn chosen(&self, kind: fn(&Fact) -> bool) -> Vec<&'static str> {
        let mut profiles = Vec::new();
        for sign in self.counting() {
            if let (true, Fact::Chosen(profile) | Fact::Runs(profile)) =
                (kind(&sign.fact), &sign.fact)
                && !profiles.contains(profile)
            {
                profiles.push(profile);
            }
        }
        profiles
    }

    /// Whether there is a report, and it lists no card of this vendor.
    fn reported_without(&self, vendor: Vendor) -> bool {
        let is_report = |sign: &Sign| matches!(sign.fact, Fact::Reported(_) | Fact::ReportedNone);
        self.counting().any(is_report) && !self.has(&Fact::Reported(vendor))
    }

    /// Whether the vendor's card is switched off; also where that holds for every host.
    fn is_off(&self, vendor: Vendor) -> bool {
        let off = |sign: &Sign| sign.fact == Fact::Off(vendor) && sign.strength >= Strength::Shared;
        self.signs.iter().any(off)
    }

    fn cuda_in_use(&self) -> Decision {
        let no_card = self.is_off(Vendor::Nvidia) || self.reported_without(Vendor::Nvidia);
        let given_away =
            self.has(&Fact::PassedOn(Vendor::Nvidia)) && !self.has(&Fact::Card(Vendor::Nvidia));
        let ask = no_card || given_away || self.legacy().is_some();
        if ask {
            ASK
        } else {
            (Some(CUDA), Confidence::Certain)
        }
    }

    fn rocm_in_use(&self) -> Decision {
        let other_card =
            self.has(&Fact::Card(Vendor::Nvidia)) || self.reported_without(Vendor::Amd);
        if other_card || self.is_off(Vendor::Amd) {
            ASK
        } else {
            (Some(ROCM), Confidence::Certain)
        }
    }

    fn vulkan_in_use(&self) -> Decision {
        if self.has(&Fact::Card(Vendor::Nvidia)) || self.has(&Fact::ReportedNone) {
            return ASK;
        }
        (Some(VULKAN), Confidence::Certain)
    }

    fn by_cards(&self) -> Decision {
        let driver = self
            .strength(&Fact::Card(Vendor::Nvidia))
            .max(self.strength(&Fact::Tuned));
        let integrated = [Vendor::Amd, Vendor::Intel]
            .iter()
            .any(|vendor| self.has(&Fact::Card(*vendor)));
        if let Some(driver) = driver {
            let given_away = self.has(&Fact::PassedOn(Vendor::Nvidia));
            let only_card_given_away =
                given_away && integrated && !self.has(&Fact::Reported(Vendor::Nvidia));
            if self.is_off(Vendor::Nvidia)
                || self.reported_without(Vendor::Nvidia)
                || only_card_given_away
            {
                return ASK;
            }
            if self.legacy().is_none() {
                // Beside the card of a guest there is a second one for the driver.
                let sure = driver == Strength::Certain && !given_away
                    || self.has(&Fact::Reported(Vendor::Nvidia));
                return (Some(CUDA), confidence(sure));
            }
        }
        if let Some((branch, _)) = self.legacy() {
            let usable = branch >= OLDEST_WITH_VULKAN || integrated;
            return if usable {
                (Some(VULKAN), Confidence::Likely)
            } else {
                NOTHING
            };
        }
        if self.has(&Fact::Reported(Vendor::Nvidia)) && !self.is_off(Vendor::Nvidia) {
            let alone = !self.has(&Fact::Reported(Vendor::Amd))
                && !self.has(&Fact::Reported(Vendor::Intel));
            return (Some(CUDA), confidence(alone));
        }
        self.without_nvidia()
    }

    fn without_nvidia(&self) -> Decision {
        let reported = [Vendor::Amd, Vendor::Intel]
            .iter()
            .any(|vendor| self.has(&Fact::Reported(*vendor)));
        let amd = self
            .strength(&Fact::Card(Vendor::Amd))
            .filter(|_| !self.is_off(Vendor::Amd));
        if !reported && self.may_have_nvidia() {
            return NOTHING;
        }
        let on_amd = amd.is_some() || self.has(&Fact::Reported(Vendor::Amd));
        let intel = self.has(&Fact::Card(Vendor::Intel)) && !self.is_off(Vendor::Intel);
        let no_card = self.has(&Fact::ReportedNone) || (self.has(&Fact::NoCard) && !reported);
        if self.has(&Fact::Computes(ROCM)) && !no_card && (on_amd || !(intel || reported)) {
            return (Some(ROCM), Confidence::Likely);
        }
        if self.has(&Fact::ReportedNone) {
            return (Some(CPU), Confidence::Certain);
        }
        if no_card {
            // Drivers in a virtual machine were often meant for another one.
            return NOTHING;
        }
        let perhaps_rocm = self
            .signs
            .iter()
            .any(|sign| sign.fact == Fact::Computes(ROCM));
        if reported || amd == Some(Strength::Certain) {
            return (Some(VULKAN), confidence(!perhaps_rocm));
        }
        let any_off = [Vendor::Nvidia, Vendor::Amd, Vendor::Intel]
            .iter()
            .any(|vendor| self.is_off(*vendor));
        let likely = amd.is_some() || intel || (self.has(&Fact::Graphics) && !any_off);
        if likely {
            (Some(VULKAN), Confidence::Likely)
        } else {
            NOTHING
        }
    }

    /// Whether an NVIDIA card is set up under a condition that is not known, or for every host alike.
    fn may_have_nvidia(&self) -> bool {
        let set_up = |sign: &Sign| !sign.counts() && sign.fact == Fact::Card(Vendor::Nvidia);
        self.signs.iter().any(set_up) && !self.is_off(Vendor::Nvidia)
    }

    fn legacy(&self) -> Option<(u32, &Sign)> {
        self.counting().find_map(|sign| match sign.fact {
            Fact::Legacy(branch) if branch <= TOO_OLD_FOR_CUDA => Some((branch, sign)),
            _ => None,
        })
    }

    /// The narrowest profile that the signs about the CPU name.
    fn cpu(&self) -> Option<(&'static str, Evidence)> {
        let signs = self.counting().filter_map(|sign| match sign.fact {
            Fact::Cpu(profile) => Some((profile, sign.evidence())),
            _ => None,
        });
        signs.max_by_key(|(profile, _)| profile.len())
    }
}

fn confidence(sure: bool) -> Confidence {
    if sure {
        Confidence::Certain
    } else {
        Confidence::Likely
    }
}
