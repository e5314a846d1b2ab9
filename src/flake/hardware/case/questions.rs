//! What the signs of a host say, one question each. Decides nothing.

use super::Case;
use crate::flake::hardware::signs::{CUDA, Fact, Sign, Strength, Vendor};
use crate::plan::Evidence;

/// The newest of NVIDIA's legacy drivers that today's CUDA does not run on.
const TOO_OLD_FOR_CUDA: u32 = 470;

impl Case<'_> {
    /// The signs that count for this host by themselves.
    pub(super) fn counting(&self) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(|sign| sign.counts())
    }

    pub(super) fn has(&self, fact: &Fact) -> bool {
        self.counting().any(|sign| sign.fact == *fact)
    }

    /// The strongest sign for a fact.
    pub(super) fn strength(&self, fact: &Fact) -> Option<Strength> {
        let alike = self.counting().filter(|sign| sign.fact == *fact);
        alike.map(|sign| sign.strength).max()
    }

    /// The different profiles that `name` finds in the signs.
    pub(super) fn named(&self, name: fn(&Sign) -> Option<&'static str>) -> Vec<&'static str> {
        let mut profiles: Vec<&'static str> = self.counting().filter_map(name).collect();
        profiles.sort_unstable();
        profiles.dedup();
        profiles
    }

    /// Whether somebody sits at the host, also where that holds for every host.
    pub(super) fn has_screen(&self) -> bool {
        let screen = |sign: &Sign| sign.fact == Fact::Screen && sign.strength >= Strength::Shared;
        self.signs.iter().any(screen)
    }

    pub(super) fn is_guest(&self) -> bool {
        self.has(&Fact::NoCard) || self.has(&Fact::VirtualDisk)
    }

    pub(super) fn nvidia_driver(&self) -> Option<Strength> {
        let signs = [
            Fact::Card(Vendor::Nvidia),
            Fact::Tuned(Vendor::Nvidia),
            Fact::Computes(CUDA),
        ];
        signs.iter().filter_map(|fact| self.strength(fact)).max()
    }

    /// How plainly the driver of a vendor other than NVIDIA is set up for a card that is in use.
    pub(super) fn other_driver(&self, vendor: Vendor) -> Option<Strength> {
        let with_cpu = self.strength(&Fact::WithCpu(vendor));
        let signs = [
            self.strength(&Fact::Card(vendor)),
            self.strength(&Fact::Tuned(vendor)),
            with_cpu.filter(|_| self.has_screen()),
        ];
        signs
            .into_iter()
            .flatten()
            .max()
            .filter(|_| !self.is_off(vendor))
    }

    /// Whether there is a card of another vendor for the screen.
    pub(super) fn has_other_card(&self) -> bool {
        let facts = |vendor| {
            [
                Fact::Card(vendor),
                Fact::Beside(vendor),
                Fact::WithCpu(vendor),
            ]
        };
        let others = [Vendor::Amd, Vendor::Intel].into_iter().flat_map(facts);
        others.into_iter().any(|fact| self.has(&fact))
    }

    pub(super) fn has_nvidia(&self) -> bool {
        self.has(&Fact::Card(Vendor::Nvidia)) || self.has(&Fact::Reported(Vendor::Nvidia))
    }

    /// Whether NVIDIA's driver is set up under a condition that is not known, or for every host alike; or is told of the
    /// card beside its own, but set up nowhere.
    pub(super) fn may_have_nvidia(&self) -> bool {
        let set_up = |sign: &Sign| match sign.fact {
            Fact::Card(Vendor::Nvidia) => !sign.counts(),
            Fact::Beside(_) => true,
            _ => false,
        };
        self.signs.iter().any(set_up) && !self.is_off(Vendor::Nvidia)
    }

    /// Whether both NVIDIA's driver and what runs on its card are set up, but the hardware report, which is not made again
    /// when a card is added, lists none of them, not even for a guest.
    pub(super) fn is_newer_than_report(&self) -> bool {
        let used = self.has(&Fact::Runs(CUDA)) || self.has(&Fact::Computes(CUDA));
        let set_up = self.has(&Fact::Card(Vendor::Nvidia));
        let kept_away = self.is_off(Vendor::Nvidia) || self.has(&Fact::PassedOn(Vendor::Nvidia));
        used && set_up && !kept_away && self.legacy().is_none() && self.lacks(Vendor::Nvidia)
    }

    /// Whether the host certainly does not use a card of this vendor.
    pub(super) fn lacks(&self, vendor: Vendor) -> bool {
        let is_report = |sign: &Sign| matches!(sign.fact, Fact::Reported(_) | Fact::ReportedNone);
        let reported = self.counting().any(is_report);
        self.is_off(vendor) || (reported && !self.has(&Fact::Reported(vendor)))
    }

    /// Whether the vendor's card is switched off; also where that holds for every host.
    pub(super) fn is_off(&self, vendor: Vendor) -> bool {
        let off = |sign: &Sign| sign.fact == Fact::Off(vendor) && sign.strength >= Strength::Shared;
        self.signs.iter().any(off)
    }

    pub(super) fn is_any_off(&self) -> bool {
        [Vendor::Nvidia, Vendor::Amd, Vendor::Intel]
            .into_iter()
            .any(|vendor| self.is_off(vendor))
    }

    /// NVIDIA's driver, where it is too old.
    pub(in crate::flake::hardware) fn legacy(&self) -> Option<(u32, &Sign)> {
        self.counting().find_map(|sign| match sign.fact {
            Fact::Legacy(branch) if branch <= TOO_OLD_FOR_CUDA => Some((branch, sign)),
            _ => None,
        })
    }

    /// The narrowest profile that the signs about the CPU name.
    pub(in crate::flake::hardware) fn cpu(&self) -> Option<(&'static str, Evidence)> {
        let signs = self.counting().filter_map(|sign| match sign.fact {
            Fact::Cpu(profile) => Some((profile, sign.evidence())),
            _ => None,
        });
        // `ryzen-zen4` is a `ryzen` that can do more.
        signs.max_by_key(|(profile, _)| profile.len())
    }
}
