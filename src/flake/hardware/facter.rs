//! Hardware reports of nixos-facter: which graphics cards and which CPU a machine really has.

use serde::Deserialize;

use super::passthrough::PciId;
use super::reader::Reader;
use super::signs::{Fact, Sign, Strength, Vendor};
use crate::path::RepoPath;

/// The part of a report that matters here.
#[derive(Deserialize)]
struct Report {
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

/// Notes what the host's report says. Cards in `passed_on` belong to its guests.
pub(super) fn read(reader: &mut Reader, machine: Option<&RepoPath>, passed_on: &[PciId]) {
    let Some((path, way)) = find(reader, machine) else {
        return;
    };
    let Ok(file) = reader.flake.tree().file(&path) else {
        return;
    };
    let Ok(report) = serde_json::from_str::<Report>(&file.text) else {
        return;
    };
    let line = |hex: &str| line_of(&file.text, hex);
    let mut note = |fact, line, text: String| {
        let (file, way) = (path.clone(), way.clone());
        let strength = Strength::Certain;
        reader.signs.push(Sign {
            fact,
            strength,
            file,
            line,
            text,
            conditional: false,
            way,
        });
    };
    let usable = report.hardware.graphics_card.iter();
    let usable = usable.filter_map(|card| Some((card.vendor()?, card.is_for_guests(passed_on))));
    let (passed, cards): (Vec<_>, Vec<_>) = usable.partition(|(_, for_guests)| *for_guests);
    for (vendor, for_guests) in passed.iter().chain(&cards) {
        let (hex, name) = match vendor {
            Vendor::Nvidia => ("10de", "NVIDIA"),
            Vendor::Amd => ("1002", "AMD"),
            Vendor::Intel => ("8086", "Intel"),
        };
        let said = format!("hardware report: {name} graphics");
        let (fact, said) = match for_guests {
            true => (Fact::PassedOn(*vendor), format!("{said} for guests")),
            false => (Fact::Reported(*vendor), said),
        };
        note(fact, line(hex), said);
    }
    // The graphics of an ARM machine are no PCI card, so a report says nothing of them.
    let x86 = report
        .system
        .is_none_or(|system| system.starts_with("x86_64-"));
    if cards.is_empty() && x86 {
        note(
            Fact::ReportedNone,
            line("graphics_card"),
            "hardware report: no usable graphics".to_string(),
        );
    }
    let kind = report.virtualisation.unwrap_or_default();
    if !matches!(kind.as_str(), "" | "none") {
        note(
            Fact::NoCard,
            line("virtualisation"),
            format!("hardware report: {kind} guest"),
        );
    }
    if let Some(profile) = report.hardware.cpu.first().and_then(Cpu::profile) {
        note(
            Fact::Cpu(profile),
            line("vendor_name"),
            "hardware report: CPU".to_string(),
        );
    }
}

/// The report that an option names, else one that stands next to the machine file.
fn find(reader: &Reader, machine: Option<&RepoPath>) -> Option<(RepoPath, Vec<String>)> {
    for option in [
        &["hardware", "facter", "reportPath"][..],
        &["facter", "reportPath"],
    ] {
        for setting in reader.settings(option) {
            if let (true, Some(path)) = (setting.certain, setting.value.as_path()) {
                return Some((path, reader.way(setting.module)));
            }
        }
    }
    let machine = machine?;
    let beside = candidates(machine)
        .into_iter()
        .filter_map(|name| machine.parent()?.join(&name))
        .find(|path| reader.flake.tree().kind(path).is_some())?;
    let way = vec![beside.to_string()];
    Some((beside, way))
}

/// What a report next to the machine file is called, for the frameworks that look for one.
fn candidates(machine: &RepoPath) -> Vec<String> {
    let stem = machine.stem();
    // Beside `machines/a.nix` and `machines/b.nix` a `facter.json` would be the report of any of them.
    match stem {
        "default" | "configuration" => vec!["facter.json".to_string()],
        _ => vec![format!("{stem}-facter.json"), format!("{stem}.facter.json")],
    }
}

impl Card {
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

/// The line of the first quoted `wanted`; reports in one line have but one.
fn line_of(text: &str, wanted: &str) -> usize {
    let quoted = format!("\"{wanted}\"");
    let before = text.find(&quoted).map_or("", |offset| &text[..offset]);
    1 + before.matches('\n').count()
}
