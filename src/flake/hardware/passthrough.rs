//! Cards that the host itself does not use: blacklisted, switched off, or bound to vfio for a virtual machine.

use super::reader::Reader;
use super::settings::Setting;
use super::signs::{Fact, Strength, Vendor};
use crate::eval::value::{Kind, Origin, TextPart, Value};

/// Vendor and device of a PCI card, as four hexadecimal digits each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PciId {
    pub vendor: String,
    pub device: String,
}

/// Notes what keeps the host from using a card; gives the cards of its guests.
pub(super) fn read(reader: &mut Reader) -> Vec<PciId> {
    for item in reader.items(&["boot", "blacklistedKernelModules"]) {
        if let Some(text) = item.text() {
            let said = format!("boot.blacklistedKernelModules: {text}");
            blacklisted(reader, &text, &item.setting, item.origin().as_ref(), &said);
        }
    }
    for setting in reader.settings(&["hardware", "nvidiaOptimus", "disable"]) {
        if setting.value.as_bool() == Some(true) {
            let text = "hardware.nvidiaOptimus.disable".to_string();
            reader.note(
                Fact::Off(Vendor::Nvidia),
                Strength::Certain,
                &setting,
                None,
                text,
            );
        }
    }
    let mut passed = Vec::new();
    for item in reader.items(&["boot", "kernelParams"]) {
        parameter(
            reader,
            &known_text(&item.value),
            &item.setting,
            item.origin().as_ref(),
            &mut passed,
        );
    }
    for setting in reader.settings(&["boot", "extraModprobeConfig"]) {
        modprobe(reader, &setting, &mut passed);
    }
    passed
}

/// A parameter of the kernel: `vfio-pci.ids=10de:2204`, `module_blacklist=nvidia,nouveau`.
fn parameter(
    reader: &mut Reader,
    text: &str,
    setting: &Setting,
    origin: Option<&Origin>,
    passed: &mut Vec<PciId>,
) {
    let Some((name, value)) = text.split_once('=') else {
        return;
    };
    let said = format!("boot.kernelParams: {text}");
    match name {
        "vfio-pci.ids" | "vfio_pci.ids" => pass_on(reader, value, setting, origin, &said, passed),
        "module_blacklist" | "modprobe.blacklist" => value
            .split(',')
            .for_each(|module| blacklisted(reader, module, setting, origin, &said)),
        "amd_iommu" | "intel_iommu" | "iommu" if matches!(value, "on" | "pt") => {
            let (fact, strength) = (Fact::MayPassOn, Strength::Likely);
            reader.note(fact, strength, setting, origin, said);
        }
        _ => {}
    }
}

/// Lines such as `options vfio-pci ids=10de:2204` and `blacklist nvidia`.
fn modprobe(reader: &mut Reader, setting: &Setting, passed: &mut Vec<PciId>) {
    let text = known_text(&setting.value);
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let said = format!("boot.extraModprobeConfig: {}", words.join(" "));
        match words.as_slice() {
            ["options", "vfio-pci" | "vfio_pci", rest @ ..] => {
                let ids = rest.iter().filter_map(|word| word.strip_prefix("ids="));
                ids.for_each(|ids| pass_on(reader, ids, setting, None, &said, passed));
            }
            ["blacklist", module] => blacklisted(reader, module, setting, None, &said),
            _ => {}
        }
    }
}

fn pass_on(
    reader: &mut Reader,
    ids: &str,
    setting: &Setting,
    origin: Option<&Origin>,
    said: &str,
    passed: &mut Vec<PciId>,
) {
    let mut vendors = Vec::new();
    for id in ids.split(',') {
        let Some((vendor, device)) = id.trim().split_once(':') else {
            continue;
        };
        let vendor = vendor.to_lowercase();
        let of = match vendor.as_str() {
            "10de" => Some(Vendor::Nvidia),
            "1002" => Some(Vendor::Amd),
            "8086" => Some(Vendor::Intel),
            _ => None,
        };
        if let Some(of) = of.filter(|of| !vendors.contains(of)) {
            vendors.push(of);
            reader.note(
                Fact::PassedOn(of),
                Strength::Certain,
                setting,
                origin,
                said.to_string(),
            );
        }
        if setting.certain {
            passed.push(PciId {
                vendor,
                device: device.to_lowercase(),
            });
        }
    }
}

fn blacklisted(
    reader: &mut Reader,
    module: &str,
    setting: &Setting,
    origin: Option<&Origin>,
    said: &str,
) {
    let vendor = match module {
        "nvidia" | "nvidia_drm" | "nvidia-drm" => Vendor::Nvidia,
        "amdgpu" => Vendor::Amd,
        "i915" => Vendor::Intel,
        // With `nouveau` out of the way it is the other driver that runs the card.
        _ => return,
    };
    reader.note(
        Fact::Off(vendor),
        Strength::Certain,
        setting,
        origin,
        said.to_string(),
    );
}

/// The known parts of a string, one after the other.
fn known_text(value: &Value) -> String {
    let Kind::Text(text) = &value.kind else {
        return String::new();
    };
    let known = text.parts.iter().map(|part| match part {
        TextPart::Known(known) => &**known,
        TextPart::Store(_) | TextPart::Copy(_) | TextPart::Unknown(_) => "",
    });
    known.collect()
}
