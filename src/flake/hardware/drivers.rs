//! Drivers and kernel modules: which graphics cards a host is set up to use.

use super::reader::{Reader, package_path};
use super::signs::{CUDA, Fact, ROCM, Strength, Vendor};
use crate::eval::value::{Kind, Value};

/// What the items of list options say.
struct ItemRule {
    options: &'static [&'static [&'static str]],
    names: &'static [&'static str],
    fact: Fact,
    strength: Strength,
}

const VIDEO_DRIVERS: &[&[&str]] = &[&["services", "xserver", "videoDrivers"]];
const LOADED: &[&[&str]] = &[
    &["boot", "initrd", "kernelModules"],
    &["boot", "kernelModules"],
];
const AVAILABLE: &[&[&str]] = &[&["boot", "initrd", "availableKernelModules"]];
const LIBRARIES: &[&[&str]] = &[
    &["hardware", "graphics", "extraPackages"],
    &["hardware", "opengl", "extraPackages"],
];

#[rustfmt::skip]
const ITEMS: &[ItemRule] = &[
    ItemRule { options: VIDEO_DRIVERS, names: &["nvidia"], fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    ItemRule { options: VIDEO_DRIVERS, names: &["amdgpu", "amdgpu-pro"], fact: Fact::Card(Vendor::Amd), strength: Strength::Certain },
    ItemRule { options: VIDEO_DRIVERS, names: &["intel", "i915", "xe"], fact: Fact::Card(Vendor::Intel), strength: Strength::Likely },
    ItemRule { options: VIDEO_DRIVERS, names: &["vmware", "virtualbox", "qxl", "hyperv_fb", "parallels"], fact: Fact::NoCard, strength: Strength::Likely },
    ItemRule { options: LOADED, names: &["nvidia", "nvidia_drm", "nvidia_modeset", "nvidia_uvm"], fact: Fact::Card(Vendor::Nvidia), strength: Strength::Likely },
    ItemRule { options: LOADED, names: &["amdgpu"], fact: Fact::Card(Vendor::Amd), strength: Strength::Certain },
    ItemRule { options: AVAILABLE, names: &["amdgpu"], fact: Fact::Card(Vendor::Amd), strength: Strength::Likely },
    ItemRule { options: LOADED, names: &["i915", "xe"], fact: Fact::Card(Vendor::Intel), strength: Strength::Likely },
    ItemRule { options: AVAILABLE, names: &["i915", "xe"], fact: Fact::Card(Vendor::Intel), strength: Strength::Likely },
];

/// What the packages among graphics libraries say.
const PACKAGES: &[(&[&str], Fact)] = &[
    (
        &[
            "intel-media-driver",
            "intel-vaapi-driver",
            "vaapiIntel",
            "intel-compute-runtime",
            "intel-compute-runtime-legacy1",
            "vpl-gpu-rt",
            "onevpl-intel-gpu",
            "intel-media-sdk",
            "intel-ocl",
        ],
        Fact::Card(Vendor::Intel),
    ),
    (&["amdvlk"], Fact::Card(Vendor::Amd)),
    (
        &["rocm-opencl-icd", "rocm-opencl-runtime"],
        Fact::Computes(ROCM),
    ),
    (&["nvidia-vaapi-driver"], Fact::Card(Vendor::Nvidia)),
];

/// What switches and other options say.
struct OptionRule {
    option: &'static [&'static str],
    holds: fn(&Value) -> bool,
    fact: Fact,
    strength: Strength,
}

#[rustfmt::skip]
const OPTIONS: &[OptionRule] = &[
    OptionRule { option: &["hardware", "nvidia", "prime", "offload", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    OptionRule { option: &["hardware", "nvidia", "prime", "sync", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    OptionRule { option: &["hardware", "nvidia", "prime", "reverseSync", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    OptionRule { option: &["hardware", "nvidia", "prime", "nvidiaBusId"], holds: is_filled, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    OptionRule { option: &["hardware", "nvidia", "prime", "intelBusId"], holds: is_filled, fact: Fact::Beside(Vendor::Intel), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "prime", "amdgpuBusId"], holds: is_filled, fact: Fact::Beside(Vendor::Amd), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "datacenter", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    OptionRule { option: &["hardware", "nvidia", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "open"], holds: is_bool, fact: Fact::Tuned(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "modesetting", "enable"], holds: is_on, fact: Fact::Tuned(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "nvidiaSettings"], holds: is_on, fact: Fact::Tuned(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "nvidiaPersistenced"], holds: is_on, fact: Fact::Tuned(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "powerManagement", "enable"], holds: is_on, fact: Fact::Tuned(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia", "package"], holds: |_| true, fact: Fact::Tuned(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia-container-toolkit", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["virtualisation", "docker", "enableNvidia"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["virtualisation", "podman", "enableNvidia"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Likely },
    OptionRule { option: &["hardware", "nvidia-jetpack", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    OptionRule { option: &["hardware", "dgx-spark", "enable"], holds: is_on, fact: Fact::Card(Vendor::Nvidia), strength: Strength::Certain },
    OptionRule { option: &["hardware", "amdgpu", "initrd", "enable"], holds: is_on, fact: Fact::Card(Vendor::Amd), strength: Strength::Certain },
    OptionRule { option: &["hardware", "amdgpu", "loadInInitrd"], holds: is_on, fact: Fact::Card(Vendor::Amd), strength: Strength::Certain },
    OptionRule { option: &["hardware", "amdgpu", "overdrive", "enable"], holds: is_on, fact: Fact::Tuned(Vendor::Amd), strength: Strength::Likely },
    OptionRule { option: &["hardware", "amdgpu", "legacySupport", "enable"], holds: is_on, fact: Fact::Tuned(Vendor::Amd), strength: Strength::Likely },
    OptionRule { option: &["hardware", "amdgpu", "amdvlk", "enable"], holds: is_on, fact: Fact::Card(Vendor::Amd), strength: Strength::Certain },
    OptionRule { option: &["hardware", "amdgpu", "opencl", "enable"], holds: is_on, fact: Fact::Computes(ROCM), strength: Strength::Likely },
    OptionRule { option: &["jovian", "devices", "steamdeck", "enable"], holds: is_on, fact: Fact::Card(Vendor::Amd), strength: Strength::Certain },
    OptionRule { option: &["jovian", "hardware", "has", "amd", "gpu"], holds: is_on, fact: Fact::Card(Vendor::Amd), strength: Strength::Likely },
    OptionRule { option: &["hardware", "intelgpu", "driver"], holds: is_filled, fact: Fact::Card(Vendor::Intel), strength: Strength::Likely },
    OptionRule { option: &["hardware", "intel-gpu-tools", "enable"], holds: is_on, fact: Fact::Card(Vendor::Intel), strength: Strength::Likely },
    OptionRule { option: &["hardware", "graphics", "enable"], holds: is_on, fact: Fact::Graphics, strength: Strength::Likely },
    OptionRule { option: &["hardware", "opengl", "enable"], holds: is_on, fact: Fact::Graphics, strength: Strength::Likely },
    OptionRule { option: &["nixpkgs", "config", "cudaSupport"], holds: is_on, fact: Fact::Computes(CUDA), strength: Strength::Certain },
    OptionRule { option: &["nixpkgs", "config", "rocmSupport"], holds: is_on, fact: Fact::Computes(ROCM), strength: Strength::Certain },
];

/// Notes what the host's drivers say.
pub(super) fn read(reader: &mut Reader) {
    for rule in ITEMS {
        rule.options
            .iter()
            .for_each(|option| items(reader, rule, option));
    }
    for rule in OPTIONS {
        reader.note_where(rule.option, &rule.fact, rule.strength, rule.holds);
    }
    LIBRARIES
        .iter()
        .for_each(|option| libraries(reader, option));
    parameters(reader);
    legacy(reader);
}

fn items(reader: &mut Reader, rule: &ItemRule, option: &[&str]) {
    for item in reader.items(option) {
        let named = |text: std::rc::Rc<str>| rule.names.contains(&&*text);
        if item.text().is_some_and(named) {
            let text = option.join(".");
            reader.note(
                rule.fact.clone(),
                rule.strength,
                &item.setting,
                item.origin().as_ref(),
                text,
            );
        }
    }
}

fn libraries(reader: &mut Reader, option: &[&str]) {
    for item in reader.items(option) {
        let Some(path) = package_path(&item.value) else {
            continue;
        };
        let named = |(names, _): &&(&[&str], Fact)| {
            path.last().is_some_and(|name| names.contains(&&**name))
        };
        let rocm = path.first().is_some_and(|name| name == "rocmPackages");
        let fact = match PACKAGES.iter().find(named) {
            Some((_, fact)) => fact.clone(),
            None if rocm => Fact::Computes(ROCM),
            None => continue,
        };
        let text = format!("{}: {}", option.join("."), path.join("."));
        reader.note(
            fact,
            Strength::Likely,
            &item.setting,
            item.origin().as_ref(),
            text,
        );
    }
}

/// What parameters of the kernel begin with, such as `amdgpu.ppfeaturemask=0xffffffff`.
const PARAMETERS: &[(Vendor, &[&str])] = &[
    (
        Vendor::Nvidia,
        &["nvidia", "nvidia-drm", "nvidia_drm", "nvidia_modeset"],
    ),
    (Vendor::Amd, &["amdgpu"]),
    (Vendor::Intel, &["i915", "xe"]),
];

fn parameters(reader: &mut Reader) {
    for item in reader.items(&["boot", "kernelParams"]) {
        let Some(text) = item.text().filter(|text| !text.ends_with(".modeset=0")) else {
            continue;
        };
        let Some((driver, _)) = text.split_once('.') else {
            continue;
        };
        let row = PARAMETERS.iter().find(|(_, names)| names.contains(&driver));
        if let Some((vendor, _)) = row {
            let (fact, said) = (Fact::Tuned(*vendor), format!("boot.kernelParams: {text}"));
            let origin = item.origin();
            reader.note(fact, Strength::Likely, &item.setting, origin.as_ref(), said);
        }
    }
}

/// `hardware.nvidia.package = ....nvidiaPackages.legacy_470;`
fn legacy(reader: &mut Reader) {
    for setting in reader.settings(&["hardware", "nvidia", "package"]) {
        let Kind::Symbol(symbol) = &setting.value.kind else {
            continue;
        };
        let branch = symbol
            .path
            .last()
            .and_then(|name| name.strip_prefix("legacy_"));
        if let Some(branch) = branch.and_then(|branch| branch.parse().ok()) {
            let text = format!("hardware.nvidia.package: legacy_{branch}");
            reader.note(
                Fact::Legacy(branch),
                Strength::Certain,
                &setting,
                None,
                text,
            );
        }
    }
}

fn is_on(value: &Value) -> bool {
    value.as_bool() == Some(true)
}

fn is_bool(value: &Value) -> bool {
    value.as_bool().is_some()
}

fn is_filled(value: &Value) -> bool {
    match &value.kind {
        Kind::Text(_) => value.as_text().is_none_or(|text| !text.is_empty()),
        _ => false,
    }
}
