//! `Case`: the rules by which the signs of one host are weighed, the stronger before the weaker. Where two strong ones
//! contradict each other the user is asked; where nothing plain is left, nothing is claimed.

mod questions;

use super::signs::{CPU, CUDA, Fact, ROCM, Sign, Strength, VULKAN, Vendor};
use crate::plan::Confidence;

/// The oldest of NVIDIA's legacy drivers with Vulkan.
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

    fn fits_rocm(&self) -> bool {
        !self.lacks(Vendor::Amd) && !self.has_nvidia()
    }

    fn by_cards(&self) -> Decision {
        if let Some(driver) = self.nvidia_driver() {
            return self.by_nvidia_driver(driver);
        }
        // A card whose driver is set up nowhere may be in another machine since the report was made.
        if self.has(&Fact::Reported(Vendor::Nvidia)) && !self.is_off(Vendor::Nvidia) {
            return LIKELY_CUDA;
        }
        self.without_nvidia()
    }

    /// The host is set up for NVIDIA's driver.
    fn by_nvidia_driver(&self, driver: Strength) -> Decision {
        let reported = self.has(&Fact::Reported(Vendor::Nvidia));
        let given_away = self.has(&Fact::PassedOn(Vendor::Nvidia)) && !reported;
        let other = self.has_other_card();
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
        let cards = [Vendor::Amd, Vendor::Intel].into_iter();
        match cards.filter_map(|vendor| self.other_driver(vendor)).max() {
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
