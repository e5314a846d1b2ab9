//! What the modules of nixos-hardware tell by their names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::foreign::foreign;
use super::reader::Reader;
use super::signs::{Fact, Strength, Vendor};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Models {
    nvidia: Vec<String>,
    nvidia_off: Vec<String>,
    amd: Vec<String>,
    intel: Vec<String>,
    no_vulkan: Vec<String>,
    cpu: BTreeMap<String, Vec<String>>,
}

const TEXT: &str = include_str!("models.toml");

static MODELS: LazyLock<Models> =
    LazyLock::new(|| toml::from_str(TEXT).expect("the list of models is a valid table"));

/// Notes what the host's modules of nixos-hardware say.
pub(super) fn read(reader: &mut Reader) {
    for module in foreign(reader) {
        if !module.source.contains("hardware") {
            continue;
        }
        let name = flat_name(&module.name);
        for (fact, strength) in facts(&name) {
            let text = format!("nixos-hardware: {name}");
            reader.note_module(&module, fact, strength, text);
        }
    }
}

/// `dell-xps-13-9310` also for the path `/dell/xps/13-9310`.
fn flat_name(name: &str) -> String {
    let path = name.trim_matches('/');
    let path = path.strip_suffix("/default.nix").unwrap_or(path);
    path.strip_suffix(".nix").unwrap_or(path).replace('/', "-")
}

fn facts(name: &str) -> Vec<(Fact, Strength)> {
    // Few modules are of a model, and to find that out is less work than to read the lists.
    let is_model = TEXT.contains(&format!("\"{name}\""));
    let is_in = |list: fn(&'static Models) -> &'static [String]| {
        is_model && list(&MODELS).iter().any(|one| one == name)
    };
    let mut found = Vec::new();
    let is_off = name == "common-gpu-nvidia-disable" || is_in(|models| &models.nvidia_off);
    if is_off {
        found.push((Fact::Off(Vendor::Nvidia), Strength::Certain));
    } else if name.contains("nvidia") || is_in(|models| &models.nvidia) {
        found.push((Fact::Card(Vendor::Nvidia), Strength::Certain));
    }
    if name.starts_with("common-gpu-amd") {
        found.push((Fact::Card(Vendor::Amd), Strength::Certain));
    } else if is_in(|models| &models.amd) {
        found.push((Fact::Card(Vendor::Amd), Strength::Likely));
    }
    if is_too_old(name) || is_in(|models| &models.no_vulkan) {
        found.push((Fact::Off(Vendor::Intel), Strength::Certain));
    } else if name == "common-cpu-intel" {
        found.push((Fact::WithCpu(Vendor::Intel), Strength::Likely));
    } else if is_intel_graphics(name) || is_in(|models| &models.intel) {
        found.push((Fact::Card(Vendor::Intel), Strength::Likely));
    }
    if is_model {
        let of_cpus = MODELS.cpu.iter();
        let of_cpus = of_cpus.filter(|(_, names)| names.iter().any(|one| one == name));
        found.extend(of_cpus.map(|(profile, _)| (Fact::Cpu(profile), Strength::Likely)));
    }
    found
}

/// The part of the name of the module of an Intel CPU, or of its graphics, that tells which.
fn intel_kind(name: &str) -> Option<&str> {
    let of_intel = ["common-gpu-intel", "common-cpu-intel"].into_iter();
    of_intel.filter_map(|start| name.strip_prefix(start)).next()
}

/// The module of an Intel CPU imports that of its graphics.
fn is_intel_graphics(name: &str) -> bool {
    intel_kind(name).is_some_and(|kind| !kind.ends_with("-disable") && !kind.ends_with("-cpu-only"))
}

/// Graphics that have no Vulkan.
fn is_too_old(name: &str) -> bool {
    let of = |old: &str| intel_kind(name).is_some_and(|kind| kind.starts_with(old));
    ["-sandy-bridge", "-bay-trail", "-braswell"]
        .into_iter()
        .any(of)
}
