//! `Sign`: one thing a host's configuration says about its hardware, and where it says so.

use crate::eval::value::Origin;
use crate::path::RepoPath;
use crate::plan::Evidence;

/// Who made a graphics card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Vendor {
    Nvidia,
    Amd,
    Intel,
}

impl Vendor {
    /// The profile that a card of theirs speaks for.
    pub(super) fn profile(self) -> &'static str {
        match self {
            Vendor::Nvidia => CUDA,
            Vendor::Amd | Vendor::Intel => VULKAN,
        }
    }
}

pub(super) const CUDA: &str = "cuda";
pub(super) const ROCM: &str = "rocm";
pub(super) const VULKAN: &str = "vulkan";
pub(super) const CPU: &str = "cpu-optimized";

/// What a sign says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Fact {
    /// The user's own choice for llama.cpp.
    Chosen(&'static str),
    /// Another program for language models is built for this.
    Runs(&'static str),
    /// Every package that can be is built for this, or a driver for computing is installed, or a container gets one.
    Computes(&'static str),
    /// The host uses a card of this vendor.
    Card(Vendor),
    /// An option of this vendor's driver is set, which by itself does nothing.
    Tuned(Vendor),
    /// NVIDIA's driver is told of the card of this vendor that runs the screen beside its own.
    Beside(Vendor),
    /// A hardware report lists a card of this vendor.
    Reported(Vendor),
    /// A hardware report lists no card that llama.cpp could use.
    ReportedNone,
    /// The card of this vendor is switched off.
    Off(Vendor),
    /// A card of this vendor belongs to a virtual machine.
    PassedOn(Vendor),
    /// Guests may be given any card while the machine runs.
    MayPassOn,
    /// The drivers of this vendor's graphics come with those of its CPU, whether it has graphics or not.
    WithCpu(Vendor),
    /// Somebody sits at the machine.
    Screen,
    /// Graphics are switched on, whatever the card.
    Graphics,
    /// A machine where no card is to be expected.
    NoCard,
    /// A driver for the disks or the network of a virtual machine is at hand.
    VirtualDisk,
    /// An image that runs on any machine.
    Image,
    /// An NVIDIA driver that is too old for today's CUDA.
    Legacy(u32),
    /// The CPU is one that this profile is for.
    Cpu(&'static str),
}

/// How much a sign is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It holds under a condition that is not known.
    Doubtful,
    /// Other hosts have it from the same place, so it tells nothing about one of them.
    Shared,
    /// Strong but indirect.
    Likely,
    /// Plain.
    Certain,
}

/// One thing that was found.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    pub fact: Fact,
    pub strength: Strength,
    pub file: RepoPath,
    pub line: usize,
    /// The setting.
    pub text: String,
    /// Whether a condition that holds for this host leads to it.
    pub conditional: bool,
    /// The modules through which the host comes to it.
    pub way: Vec<String>,
}

impl Sign {
    /// Whether it counts for this host by itself.
    pub(super) fn counts(&self) -> bool {
        self.strength >= Strength::Likely
    }

    /// Whether this is about drivers that do no harm where there is no card for them, so that modules of many hosts
    /// set it.
    pub(super) fn is_harmless(&self) -> bool {
        match self.fact {
            Fact::Tuned(_) | Fact::Graphics | Fact::Screen | Fact::VirtualDisk => true,
            Fact::Computes(_) => self.strength == Strength::Likely,
            _ => false,
        }
    }

    /// It as evidence.
    pub(super) fn evidence(&self) -> Evidence {
        let says = match &self.fact {
            Fact::Chosen(profile)
            | Fact::Runs(profile)
            | Fact::Computes(profile)
            | Fact::Cpu(profile) => (*profile).to_string(),
            Fact::Card(vendor)
            | Fact::Tuned(vendor)
            | Fact::Beside(vendor)
            | Fact::WithCpu(vendor)
            | Fact::Reported(vendor) => vendor.profile().to_string(),
            Fact::Off(vendor) | Fact::PassedOn(vendor) => format!("not {}", vendor.profile()),
            Fact::Legacy(_) => format!("not {CUDA}"),
            Fact::Graphics | Fact::Screen => VULKAN.to_string(),
            Fact::MayPassOn
            | Fact::ReportedNone
            | Fact::NoCard
            | Fact::VirtualDisk
            | Fact::Image => CPU.to_string(),
        };
        Evidence {
            file: self.file.clone(),
            line: self.line,
            says,
            text: self.text.clone(),
        }
    }
}

/// Where something stands, for a sign.
pub(super) fn place(origin: &Origin) -> (RepoPath, usize) {
    (origin.file.path.clone(), origin.line())
}
