//! Machines where no graphics card is to be expected: virtual machines, containers, WSL, images, ARM boards.

use super::foreign::{Foreign, foreign};
use super::reader::Reader;
use super::settings::Setting;
use super::signs::{Fact, Sign, Strength, place};
use crate::eval::value::Value;

const SWITCHES: &[&[&str]] = &[
    &["services", "qemuGuest", "enable"],
    &["services", "xe-guest-utilities", "enable"],
    &["virtualisation", "vmware", "guest", "enable"],
    &["virtualisation", "virtualbox", "guest", "enable"],
    &["virtualisation", "hypervGuest", "enable"],
    &["virtualisation", "incus", "agent", "enable"],
    &["hardware", "parallels", "enable"],
    &["boot", "isContainer"],
    &["wsl", "enable"],
];

/// Drivers of disks, consoles and networks that only a virtual machine has.
const KERNEL_MODULES: &[&str] = &[
    "virtio_pci",
    "virtio_blk",
    "virtio_scsi",
    "virtio_gpu",
    "hv_vmbus",
    "hv_storvsc",
    "vmw_pvscsi",
    "mptspi",
    "xen_blkfront",
    "ena",
    "gve",
];

/// Module files of nixpkgs that make a guest, by a part of their path.
const GUEST_FILES: &[&str] = &[
    "/profiles/qemu-guest.nix",
    "/virtualisation/amazon-",
    "/virtualisation/azure-",
    "/virtualisation/digital-ocean-",
    "/virtualisation/docker-image",
    "/virtualisation/google-compute-",
    "/virtualisation/hyperv-",
    "/virtualisation/incus-",
    "/virtualisation/kubevirt",
    "/virtualisation/linode-",
    "/virtualisation/lxc-",
    "/virtualisation/lxd-",
    "/virtualisation/oci-",
    "/virtualisation/openstack-",
    "/virtualisation/proxmox-",
    "/virtualisation/qemu-vm",
    "/virtualisation/virtualbox-image",
    "/virtualisation/vmware-",
    "/installer/sd-card/",
];

const IMAGE_FILES: &[&str] = &[
    "/installer/cd-dvd/",
    "/installer/netboot/",
    "/installer/tools/",
];

/// Notes what tells that the host is no machine with a card of its own.
pub(super) fn read(reader: &mut Reader, given_system: Option<&Value>) {
    for option in SWITCHES {
        let on = |value: &Value| value.as_bool() == Some(true);
        reader.note_where(option, &Fact::NoCard, Strength::Likely, on);
    }
    let lists = [
        ["boot", "initrd", "availableKernelModules"],
        ["boot", "initrd", "kernelModules"],
    ];
    for option in &lists {
        for item in reader.items(option) {
            if let Some(name) = item.text().filter(|name| KERNEL_MODULES.contains(&&**name)) {
                let text = format!("{}: {name}", option.join("."));
                reader.note(
                    Fact::VirtualDisk,
                    Strength::Likely,
                    &item.setting,
                    item.origin().as_ref(),
                    text,
                );
            }
        }
    }
    disks(reader);
    for module in foreign(reader) {
        if let Some(fact) = fact_of(&module) {
            let text = module.name.clone();
            reader.note_module(&module, fact, Strength::Likely, text);
        }
    }
    arm(reader, given_system);
}

/// The names that disks have in a virtual machine alone: `/dev/vda`, `/dev/xvda1`.
fn disks(reader: &mut Reader) {
    let mut options = vec![vec!["boot", "loader", "grub", "device"]];
    let sets = [&["fileSystems"][..], &["disko", "devices", "disk"]];
    let names = sets.map(|set| reader.names(set));
    for (set, names) in sets.iter().zip(&names) {
        options.extend(
            names
                .iter()
                .map(|name| [set, &[&**name, "device"][..]].concat()),
        );
    }
    for option in options {
        let is_virtual = |value: &Value| {
            let text = value.as_text();
            text.is_some_and(|text| text.starts_with("/dev/vd") || text.starts_with("/dev/xvd"))
        };
        reader.note_where(&option, &Fact::VirtualDisk, Strength::Likely, is_virtual);
    }
}

fn fact_of(module: &Foreign) -> Option<Fact> {
    let within = |parts: &[&str]| parts.iter().any(|part| module.name.contains(part));
    if within(IMAGE_FILES) {
        return Some(Fact::Image);
    }
    let of_input = |word: &str| module.source.contains(word);
    // The module of NixOS-WSL does nothing before `wsl.enable`, that of microvm.nix makes a guest at once.
    if within(GUEST_FILES) || (of_input("microvm") && module.name == "microvm") {
        return Some(Fact::NoCard);
    }
    // What declares guests can give them any card while the machine runs.
    let hosts_guests = of_input("nixvirt") || (of_input("microvm") && module.name == "host");
    hosts_guests.then_some(Fact::MayPassOn)
}

/// ARM machines: boards and servers.
fn arm(reader: &mut Reader, given_system: Option<&Value>) {
    let is_arm = |text: &str| {
        ["aarch64-", "armv", "riscv"]
            .iter()
            .any(|arm| text.starts_with(arm))
    };
    let mut found: Option<Setting> = None;
    for option in [["nixpkgs", "hostPlatform"], ["nixpkgs", "system"]] {
        for setting in reader.settings(&option) {
            let nested = reader.ev().get(&setting.value, "system");
            let text = nested.unwrap_or_else(|| setting.value.clone()).as_text();
            if text.is_some_and(|text| is_arm(&text)) {
                found.get_or_insert(setting);
            }
        }
    }
    match found {
        Some(setting) => {
            let text = "nixpkgs.hostPlatform".to_string();
            reader.note(Fact::NoCard, Strength::Likely, &setting, None, text);
        }
        None => given(
            reader,
            given_system.filter(|system| system.as_text().is_some_and(|text| is_arm(&text))),
        ),
    }
}

/// The `system` that the host is built for, where no module says it.
fn given(reader: &mut Reader, system: Option<&Value>) {
    let origin = system.and_then(|system| system.origin.as_ref());
    let Some((file, line)) = origin
        .filter(|origin| reader.flake.is_users(origin))
        .map(place)
    else {
        return;
    };
    reader.signs.push(Sign {
        fact: Fact::NoCard,
        strength: Strength::Likely,
        file,
        line,
        text: "system".to_string(),
        conditional: false,
        way: Vec::new(),
    });
}
