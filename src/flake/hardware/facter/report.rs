//! What a report of nixos-facter says, and the word of it that says so.

use serde::Deserialize;

use crate::flake::hardware::passthrough::PciId;
use crate::flake::hardware::signs::{Fact, Vendor};

/// What a report says.
pub(super) struct Finding {
    pub fact: Fact,
    /// A quoted word near which it stands.
    pub word: &'static str,
    /// What to say of it.
    pub text: String,
}

fn finding(fact: Fact, word: &'static str, text: String) -> Finding {
    Finding { fact, word, text }
}

/// The part of a report that matters here.
#[derive(Deserialize)]
pub(super) struct Report {
    hardware: Hardware,
    system: Option<String>,
    virtualisation: Option<String>,
}

#[derive(Deserialize)]
struct Hardware {
    #[serde(default)]
    graphics_card: Vec<Card>,
    #[serde(default)]
    cpu: Vec<Cpu>,
}

#[derive(Deserialize)]
struct Card {
    vendor: Option<Id>,
    device: Option<Id>,
    driver: Option<String>,
}

#[derive(Deserialize)]
struct Id {
    hex: Option<String>,
}

#[derive(Deserialize)]
struct Cpu {
    vendor_name: Option<String>,
    family: Option<u32>,
    model: Option<u32>,
    #[serde(default)]
    features: Vec<String>,
}

/// A server's remote console, not a graphics card, in spite of its vendor.
const ES1000: &str = "515e";

impl Report {
    /// Everything that it says. Cards in `passed_on` belong to guests.
    pub(super) fn findings(&self, passed_on: &[PciId]) -> Vec<Finding> {
        let cards = self.hardware.graphics_card.iter();
        let mut found: Vec<Finding> = cards.filter_map(|card| card.finding(passed_on)).collect();
        // What speaks against a card comes first.
        found.sort_by_key(|one| !matches!(one.fact, Fact::PassedOn(_)));
        found.extend(self.no_card(&found));
        found.extend(self.guest());
        let profile = self.hardware.cpu.first().and_then(Cpu::profile);
        found.extend(profile.map(|profile| {
            let text = "hardware report: CPU".to_string();
            finding(Fact::Cpu(profile), "vendor_name", text)
        }));
        found
    }

    fn no_card(&self, found: &[Finding]) -> Option<Finding> {
        let reported = |one: &Finding| matches!(one.fact, Fact::Reported(_));
        // The graphics of an ARM machine are no PCI card, so a report says nothing of them.
        let system = self.system.as_deref();
        let x86 = system.is_none_or(|system| system.starts_with("x86_64-"));
        let text = "hardware report: no usable graphics".to_string();
        (x86 && !found.iter().any(reported))
            .then(|| finding(Fact::ReportedNone, "graphics_card", text))
    }

    fn guest(&self) -> Option<Finding> {
        let kind = self.virtualisation.as_deref()?;
        let text = format!("hardware report: {kind} guest");
        (!matches!(kind, "" | "none")).then(|| finding(Fact::NoCard, "virtualisation", text))
    }
}

impl Card {
    fn finding(&self, passed_on: &[PciId]) -> Option<Finding> {
        let vendor = self.vendor()?;
        let (word, name) = match vendor {
            Vendor::Nvidia => ("10de", "NVIDIA"),
            Vendor::Amd => ("1002", "AMD"),
            Vendor::Intel => ("8086", "Intel"),
        };
        let text = format!("hardware report: {name} graphics");
        Some(if self.is_for_guests(passed_on) {
            finding(Fact::PassedOn(vendor), word, format!("{text} for guests"))
        } else {
            finding(Fact::Reported(vendor), word, text)
        })
    }

    /// Whose card it is, if llama.cpp could use it.
    fn vendor(&self) -> Option<Vendor> {
        let driver = self.driver.as_deref().unwrap_or_default();
        match self.vendor.as_ref()?.digits()?.as_str() {
            "10de" => Some(Vendor::Nvidia),
            // The cards that only the older driver runs have no Vulkan.
            "1002" if self.device() != ES1000 && driver != "radeon" => Some(Vendor::Amd),
            "8086" => Some(Vendor::Intel),
            _ => None,
        }
    }

    /// Whether it is among the cards in `passed_on`, or was kept for a guest when the report was made.
    fn is_for_guests(&self, passed_on: &[PciId]) -> bool {
        let vendor = self.vendor.as_ref().and_then(Id::digits);
        let driver = self.driver.as_deref().unwrap_or_default();
        let is_it = |id: &PciId| Some(&id.vendor) == vendor.as_ref() && id.device == self.device();
        driver.starts_with("vfio") || passed_on.iter().any(is_it)
    }

    fn device(&self) -> String {
        self.device
            .as_ref()
            .and_then(Id::digits)
            .unwrap_or_default()
    }
}

impl Id {
    fn digits(&self) -> Option<String> {
        Some(self.hex.as_ref()?.to_lowercase())
    }
}

impl Cpu {
    /// The profile that is built for it.
    fn profile(&self) -> Option<&'static str> {
        let (family, model) = (self.family?, self.model?);
        let has = |feature: &str| self.features.iter().any(|one| one == feature);
        match self.vendor_name.as_deref()? {
            "GenuineIntel" if family == 6 && matches!(model, 140 | 141) => {
                has("avx512_vbmi2").then_some("tiger-lake")
            }
            "AuthenticAMD" if family >= 23 && has("avx512_bf16") => Some("ryzen-zen4"),
            "AuthenticAMD" if family >= 23 && has("avx2") => Some("ryzen"),
            _ => None,
        }
    }
}
