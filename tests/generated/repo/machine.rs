//! The file of each machine, with evidence of its GPU or none.

use super::hosts::Shape;
use super::overlays::Place;
use super::{Choices, Repo};
use crate::tape::Tape;

/// The forms of a module; `‡` is where its settings go.
const FORMS: [&str; 14] = [
    "{ pkgs, ... }:\n{\n  imports = [¶\n    ./disk.nix\n  ];\n  ‡\n}\n",
    "{ config, lib, pkgs, ... }: {\n  imports = [ ./disk.nix ];‡\n}\n",
    "{\n  # A small machine\n  ‡\n}\n",
    "_: { ‡ }\n",
    "{ lib, ... }:\nwith lib;\n{\n  imports = [\n    # the disk\n    ./disk.nix # the only one\n  ];‡\n}\n",
    "{ pkgs, ... }:\nlet\n  name = \"x\";\nin\n{\n  networking.nameservers = [ name ];\n  ‡\n}\n",
    "{ ... }: {\n  imports = [ ] ++ [ ./disk.nix ];\n  ‡\n}\n",
    "{ }",
    "{ lib, ... }: {\n  imports = map (x: x) [ ./disk.nix ];\n‡}",
    "{ pkgs, ... }@args:\n\n{ imports = [ ./disk.nix ]; ‡ }\n",
    "args:\n{ # by its arguments\n  imports =\n    [ # the scan\n      ./disk.nix\n    ];\n  ‡\n}\n",
    "{ config, ... }:\n{\n  imports = [ ./disk.nix ];\n  config = {\n    ‡\n  };\n}\n",
    "# The machine\n{ lib\n, pkgs\n, ...\n}: {\n  ‡\n}\n",
    "{ pkgs, ... }: {\n  imports = [ ];\n  ‡\n}\n",
];

/// A setting, and the profile it asks for where there is no doubt.
const EVIDENCE: [(&str, Option<&str>); 6] = [
    ("", Some("cpu-optimized")),
    (
        "services.xserver.videoDrivers = [ \"nvidia\" ];",
        Some("cuda"),
    ),
    ("boot.initrd.kernelModules = [ \"amdgpu\" ];", None),
    ("hardware.graphics.enable = true;", None),
    ("nixpkgs.config.rocmSupport = true;", None),
    ("networking.firewall.enable = true;", Some("cpu-optimized")),
];

/// Writes the machine file of `host`, and what is to come of it.
pub fn write(tape: &mut Tape, host: &str, choices: &Choices, repo: &mut Repo) {
    let form = tape.one(&FORMS);
    let (evidence, profile) = tape.one(&EVIDENCE);
    let installs = form.contains("pkgs") && tape.flag();
    // Only where every host has it.
    let variant = choices.overlays.has_old() && choices.overlays.place != Place::Argument;
    let (installed, profile) = match (installs, variant) {
        (false, _) => ("", profile),
        (true, false) => ("\n  environment.systemPackages = [ pkgs.hello ];", profile),
        (true, true) => (
            "\n  environment.systemPackages = [ pkgs.llama-cpp-cuda ];",
            None,
        ),
    };
    let text = form.replace('‡', &format!("{evidence}{installed}"));
    let directory = match choices.shape {
        Shape::ReadDir => format!("hosts/{host}"),
        _ => "machines".to_string(),
    };
    let file = match choices.shape {
        Shape::ReadDir => format!("{directory}/default.nix"),
        _ => format!("{directory}/{host}.nix"),
    };
    repo.files.insert(file, text);
    repo.files
        .insert(format!("{directory}/disk.nix"), "{ }\n".to_string());
    let given = tape.one(&["", "", "", "vulkan", "rocm", "cuda"]);
    let profile = match given {
        "" => profile.filter(|_| form.contains('‡') || evidence.is_empty()),
        given => {
            repo.given.push((host.to_string(), given.to_string()));
            Some(given)
        }
    };
    if let Some(profile) = profile {
        repo.profiles.push((host.to_string(), profile.to_string()));
    }
}
