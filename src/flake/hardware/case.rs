//! `Case`: the rules by which the signs of one host are weighed, the stronger before the weaker. Where two strong ones
//! contradict each other the user is asked; where nothing plain is left, nothing is claimed.

use super::signs::{CPU, CUDA, Fact, ROCM, Sign, Strength, VULKAN, Vendor};
use crate::plan::{Confidence, Evidence};

/// The newest of NVIDIA's legacy drivers that today's CUDA does not run on.
const TOO_OLD_FOR_CUDA: u32 = 470;
/// The oldest of them with Vulkan.
const OLDEST_WITH_VULKAN: u32 = 470;

/// The signs of one host.
pub(super) struct Case<'s> {
    pub signs: &'s [Sign],
}

type Decision = (Option<&'static str>, Confidence);

const ASK: Decision = (None, Confidence::Contradictory);
const NOTHING: Decision = (None, Confidence::Default);

impl Case<'_> {
    /// The profile and how sure it is.
    pub(super) fn decide(&self) -> Decision {
        match self.chosen().as_slice() {
            [] if self.has(&Fact::Image) => NOTHING,
            [] => self.by_use(),
            [profile] => (Some(profile), Confidence::Certain),
            _ => ASK,
        }
    }

    /// What the user chose for llama.cpp itself stands above everything, also above the hardware.
    fn chosen(&self) -> Vec<&'static str> {
        self.named(|sign| match sign.fact {
            Fact::Chosen(profile) => Some(profile),
            _ => None,
        })
    }

    /// What other programs run on is plainer than any driver, unless the hardware speaks against it.
    fn by_use(&self) -> Decision {
        let used = self.named(|sign| match (&sign.fact, sign.strength) {
            (Fact::Runs(profile), _) | (Fact::Computes(profile), Strength::Certain) => {
                Some(*profile)
            }
            _ => None,
        });
        let fits = match used.as_slice() {
            [] => return self.by_cards(),
            [profile] if *profile == CUDA && self.is_newer_than_report() => return LIKELY_CUDA,
            [profile] if *profile == CUDA => self.fits_cuda(),
            [profile] if *profile == ROCM => self.fits_rocm(),
            // Vulkan is what one program runs on where everything else computes with ROCm.
            [_] => !self.has_nvidia() && !self.has(&Fact::ReportedNone),
            _ => false,
        };
        if fits {
            (Some(used[0]), Confidence::Certain)
        } else {
            ASK
        }
    }

    fn fits_cuda(&self) -> bool {
        let given_away = self.has(&Fact::PassedOn(Vendor::Nvidia)) && !self.has_nvidia();
        !self.lacks(Vendor::Nvidia) && !given_away && self.legacy().is_none()
    }

    /// Whether both NVIDIA's driver and what runs on its card are set up, but the hardware report, which is not made again
    /// when a card is added, lists none of them, not even for a guest.
    fn is_newer_than_report(&self) -> bool {
        let used = self.has(&Fact::Runs(CUDA)) || self.has(&Fact::Computes(CUDA));
        let set_up = self.has(&Fact::Card(Vendor::Nvidia));
        let kept_away = self.is_off(Vendor::Nvidia) || self.has(&Fact::PassedOn(Vendor::Nvidia));
        used && set_up && !kept_away && self.legacy().is_none() && self.lacks(Vendor::Nvidia)
    }

    fn fits_rocm(&self) -> bool {
        !self.lacks(Vendor::Amd) && !self.has_nvidia()
    }

    fn by_cards(&self) -> Decision {
        if let Some(driver) = self.nvidia_driver() {
            return self.by_nvidia_driver(driver);
        }
        if self.has(&Fact::Reported(Vendor::Nvidia)) && !self.is_off(Vendor::Nvidia) {
            return (Some(CUDA), sure_if(!self.is_reported_beside_nvidia()));
        }
        self.without_nvidia()
    }

    /// The host is set up for NVIDIA's driver.
    fn by_nvidia_driver(&self, driver: Strength) -> Decision {
        let reported = self.has(&Fact::Reported(Vendor::Nvidia));
        let given_away = self.has(&Fact::PassedOn(Vendor::Nvidia)) && !reported;
        let other = [Vendor::Amd, Vendor::Intel].into_iter().any(|vendor| {
            [
                Fact::Card(vendor),
                Fact::Beside(vendor),
                Fact::WithCpu(vendor),
            ]
            .iter()
            .any(|fact| self.has(fact))
        });
        // Beside the card of a guest there is a second one for the driver, unless the screen hangs on another.
        let only_card_given_away = given_away && other;
        if self.is_newer_than_report() {
            return LIKELY_CUDA;
        }
        // Beside an NVIDIA card, AMD's runs the screen, and has its driver for OpenCL at most.
        let rocm = self.has(&Fact::Computes(ROCM));
        let two_computers = rocm && !self.has(&Fact::Beside(Vendor::Amd));
        if self.lacks(Vendor::Nvidia) || only_card_given_away || two_computers {
            return ASK;
        }
        if let Some((branch, _)) = self.legacy() {
            let usable = branch >= OLDEST_WITH_VULKAN || other;
            return if usable { LIKELY_VULKAN } else { NOTHING };
        }
        let plain = driver == Strength::Certain && !given_away && !self.is_guest();
        (
            Some(CUDA),
            sure_if((plain || reported) && !self.has(&Fact::MayPassOn) && !rocm),
        )
    }

    fn without_nvidia(&self) -> Decision {
        let reported =
            self.has(&Fact::Reported(Vendor::Amd)) || self.has(&Fact::Reported(Vendor::Intel));
        if reported {
            return self.by_other_card(Strength::Certain);
        }
        if self.has(&Fact::ReportedNone) {
            return (Some(CPU), Confidence::Certain);
        }
        // Drivers in a virtual machine were often meant for another machine.
        if self.may_have_nvidia() || self.is_guest() {
            return NOTHING;
        }
        let card = [Vendor::Amd, Vendor::Intel]
            .into_iter()
            .filter(|vendor| !self.is_off(*vendor))
            .filter_map(|vendor| {
                let set_up = self.strength(&Fact::Card(vendor));
                let with_cpu = self.strength(&Fact::WithCpu(vendor));
                set_up
                    .max(self.strength(&Fact::Tuned(vendor)))
                    .max(with_cpu.filter(|_| self.has_screen()))
            })
            .max();
        match card {
            Some(strength) => self.by_other_card(strength),
            None if self.has(&Fact::Computes(ROCM)) => (Some(ROCM), Confidence::Likely),
            None if self.has(&Fact::Graphics) && !self.is_any_off() => LIKELY_VULKAN,
            None => NOTHING,
        }
    }

    /// There is a card of AMD or Intel, and none of NVIDIA.
    fn by_other_card(&self, strength: Strength) -> Decision {
        let amd = self.has(&Fact::Card(Vendor::Amd)) || self.has(&Fact::Reported(Vendor::Amd));
        if amd && self.has(&Fact::Computes(ROCM)) {
            return (Some(ROCM), Confidence::Likely);
        }
        let rocm = |sign: &Sign| sign.fact == Fact::Computes(ROCM);
        let passed_on = self.has(&Fact::PassedOn(Vendor::Amd)) || self.has(&Fact::MayPassOn);
        let unclear = self.signs.iter().any(rocm) || passed_on;
        (
            Some(VULKAN),
            sure_if(strength == Strength::Certain && !unclear),
        )
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
        let alike = self.counting().filter(|sign| sign.fact == *fact);
        alike.map(|sign| sign.strength).max()
    }

    /// The different profiles that `name` finds in the signs.
    fn named(&self, name: fn(&Sign) -> Option<&'static str>) -> Vec<&'static str> {
        let mut profiles: Vec<&'static str> = self.counting().filter_map(name).collect();
        profiles.sort_unstable();
        profiles.dedup();
        profiles
    }

    /// Whether somebody sits at the host, also where that holds for every host.
    fn has_screen(&self) -> bool {
        let screen = |sign: &Sign| sign.fact == Fact::Screen && sign.strength >= Strength::Shared;
        self.signs.iter().any(screen)
    }

    fn is_guest(&self) -> bool {
        self.has(&Fact::NoCard) || self.has(&Fact::VirtualDisk)
    }

    fn nvidia_driver(&self) -> Option<Strength> {
        let signs = [
            Fact::Card(Vendor::Nvidia),
            Fact::Tuned(Vendor::Nvidia),
            Fact::Computes(CUDA),
        ];
        signs.iter().filter_map(|fact| self.strength(fact)).max()
    }

    fn has_nvidia(&self) -> bool {
        self.has(&Fact::Card(Vendor::Nvidia)) || self.has(&Fact::Reported(Vendor::Nvidia))
    }

    /// Whether NVIDIA's driver is set up under a condition that is not known, or for every host alike; or is told of the
    /// card beside its own, but set up nowhere.
    fn may_have_nvidia(&self) -> bool {
        let set_up = |sign: &Sign| match sign.fact {
            Fact::Card(Vendor::Nvidia) => !sign.counts(),
            Fact::Beside(_) => true,
            _ => false,
        };
        self.signs.iter().any(set_up) && !self.is_off(Vendor::Nvidia)
    }

    fn is_reported_beside_nvidia(&self) -> bool {
        self.has(&Fact::Reported(Vendor::Amd)) || self.has(&Fact::Reported(Vendor::Intel))
    }

    /// Whether the host certainly does not use a card of this vendor.
    fn lacks(&self, vendor: Vendor) -> bool {
        let is_report = |sign: &Sign| matches!(sign.fact, Fact::Reported(_) | Fact::ReportedNone);
        let reported = self.counting().any(is_report);
        self.is_off(vendor) || (reported && !self.has(&Fact::Reported(vendor)))
    }

    /// Whether the vendor's card is switched off; also where that holds for every host.
    fn is_off(&self, vendor: Vendor) -> bool {
        let off = |sign: &Sign| sign.fact == Fact::Off(vendor) && sign.strength >= Strength::Shared;
        self.signs.iter().any(off)
    }

    fn is_any_off(&self) -> bool {
        [Vendor::Nvidia, Vendor::Amd, Vendor::Intel]
            .into_iter()
            .any(|vendor| self.is_off(vendor))
    }

    /// NVIDIA's driver, where it is too old.
    pub(super) fn legacy(&self) -> Option<(u32, &Sign)> {
        self.counting().find_map(|sign| match sign.fact {
            Fact::Legacy(branch) if branch <= TOO_OLD_FOR_CUDA => Some((branch, sign)),
            _ => None,
        })
    }

    /// The narrowest profile that the signs about the CPU name.
    pub(super) fn cpu(&self) -> Option<(&'static str, Evidence)> {
        let signs = self.counting().filter_map(|sign| match sign.fact {
            Fact::Cpu(profile) => Some((profile, sign.evidence())),
            _ => None,
        });
        // `ryzen-zen4` is a `ryzen` that can do more.
        signs.max_by_key(|(profile, _)| profile.len())
    }
}

const LIKELY_CUDA: Decision = (Some(CUDA), Confidence::Likely);
const LIKELY_VULKAN: Decision = (Some(VULKAN), Confidence::Likely);

fn sure_if(plain: bool) -> Confidence {
    if plain {
        Confidence::Certain
    } else {
        Confidence::Likely
    }
}
