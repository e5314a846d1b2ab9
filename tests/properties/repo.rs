//! Small random configuration repositories, all of them valid.

use std::collections::BTreeMap;

use super::tape::Tape;

/// Files by path.
pub type Files = BTreeMap<String, String>;

const HOSTS: [&str; 5] = ["carbon", "beryllium", "boron", "nitrogen", "argon"];

/// How the hosts are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Literal,
    Helper,
    Table,
}

/// Where the old overlay is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Old {
    Nowhere,
    Inline,
    LetBound,
    SharedModule,
}

/// How `outputs` takes the inputs: its head, and what it calls them as a set.
const HEADS: [(&str, Option<&str>); 9] = [
    ("{ self, nixpkgs, ... }@inputs:", Some("inputs")),
    ("inputs@{ self, nixpkgs, ... }:", Some("inputs")),
    (
        "{\n    self,\n    nixpkgs,\n    ...\n  } @ inputs:",
        Some("inputs"),
    ),
    ("inputs: let inherit (inputs) nixpkgs; in", Some("inputs")),
    ("{ nixpkgs, ... }@attrs:", Some("attrs")),
    ("{ self\n  , nixpkgs\n  , ...\n  }@inputs:", Some("inputs")),
    ("{ self, nixpkgs, ... }:", None),
    ("{ self, nixpkgs }:", None),
    ("{ self, nixpkgs, }:", None),
];

const NIXPKGS: [&str; 4] = [
    "  inputs = {\n    nixpkgs.url = \"github:nixos/nixpkgs/nixos-unstable\";@\n  };\n",
    "  inputs.nixpkgs.url = \"github:nixos/nixpkgs/nixos-unstable\";\n@",
    "  inputs = {\n    # Nixpkgs\n    nixpkgs = {\n      url = \"github:nixos/nixpkgs\";\n    };@\n    # more to come\n  };\n",
    "  inputs = { nixpkgs.url = \"nixpkgs/nixos-24.11\"; @};\n",
];

/// What of the new input is there already.
const LLAMA: [&str; 5] = [
    "",
    "llama-cpp.url = \"github:ggml-org/llama.cpp\";",
    "llama-cpp = { url = \"github:ggerganov/llama.cpp/b4000\"; inputs.nixpkgs.follows = \"nixpkgs\"; };",
    "llama-cpp = {\n      url = \"github:ggml-org/llama.cpp\";\n    };",
    "llama-cpp.url = \"github:somebody/else\";",
];

const MACHINES: [&str; 9] = [
    "{ pkgs, ... }:\n{\n  imports = [\n    ./disk.nix\n  ];\n  @\n}\n",
    "{ config, lib, pkgs, ... }: {\n  imports = [ ./disk.nix ];@\n}\n",
    "{\n  # A small machine\n  @\n}\n",
    "_: { @ }\n",
    "{ lib, ... }:\nwith lib;\n{\n  imports = [\n    # the disk\n    ./disk.nix # the only one\n  ];@\n}\n",
    "{ pkgs, ... }:\nlet\n  name = \"x\";\nin\n{\n  networking.domain = name;\n  @\n}\n",
    "{ ... }: {\n  imports = [ ] ++ [ ./disk.nix ];\n  @\n}\n",
    "{ }",
    "{ lib, ... }: {\n  imports = map (x: x) [ ./disk.nix ];\n@}",
];

const EVIDENCE: [&str; 5] = [
    "",
    "services.xserver.videoDrivers = [ \"nvidia\" ];",
    "boot.initrd.kernelModules = [ \"amdgpu\" ];",
    "hardware.graphics.enable = true;",
    "nixpkgs.config.rocmSupport = true;",
];

const VARIANTS: &str = "inputs: final: prev: {\n\tllama-cpp-cuda = prev.llama-cpp.override { cudaSupport = true; };\n}\n";

/// The repository that the tape describes.
pub fn read(tape: &mut Tape) -> Files {
    let mut files = Files::new();
    let hosts = &HOSTS[..1 + tape.below(HOSTS.len())];
    let shape = tape.one(&[Shape::Literal, Shape::Helper, Shape::Table]);
    let (head, inputs) = tape.one(&HEADS);
    let olds: &[Old] = match inputs {
        Some(_) => &[Old::Nowhere, Old::Inline, Old::LetBound, Old::SharedModule],
        None => &[Old::Nowhere],
    };
    let old = tape.one(olds);
    let modules = Modules {
        old,
        inputs,
        shared: tape.below(3) == 2,
    };
    let body = body(tape, hosts, shape, &modules);
    let declared = declared(tape);
    // Nix passes every declared input, and a function without `...` must take it.
    let is_refused = declared.contains("llama-cpp") && inputs.is_none() && !head.contains("...");
    let head = if is_refused {
        head.replace("nixpkgs", "nixpkgs, llama-cpp")
    } else {
        head.to_string()
    };
    let flake = format!(
        "{{\n{declared}{}\n  outputs = {head}\n{body}}}\n",
        tape.maybe("\n  # What comes of it")
    );
    files.insert("flake.nix".to_string(), flake);
    for host in hosts {
        let text = tape.one(&MACHINES).replace('@', tape.one(&EVIDENCE));
        files.insert(format!("machines/{host}.nix"), text);
    }
    modules.write(&mut files);
    restyle(tape, &mut files);
    files
}

fn declared(tape: &mut Tape) -> String {
    let (style, llama) = (tape.one(&NIXPKGS), tape.one(&LLAMA));
    let added = match (style.contains("inputs."), llama) {
        (_, "") => String::new(),
        (true, llama) => format!("  inputs.{llama}\n"),
        (false, llama) if style.contains('@') && style.contains(" @}") => format!("{llama} "),
        (false, llama) => format!("\n    {llama}"),
    };
    style.replace('@', &added)
}

/// What every host has besides its machine file.
struct Modules {
    old: Old,
    inputs: Option<&'static str>,
    shared: bool,
}

impl Modules {
    /// The items of a module list, a line each.
    fn items(&self, tape: &mut Tape, machine: &str) -> String {
        let mut items = vec![format!("{machine}{}", tape.maybe(" # this machine"))];
        if self.shared || self.old == Old::SharedModule {
            items.push("./nixos".to_string());
        }
        let overlay = match (self.old, self.inputs) {
            (Old::Inline, Some(inputs)) => {
                format!("(import ./nixos/pkgs/llama-cpp-variants.nix {inputs})")
            }
            (Old::LetBound, _) => "llama-variants".to_string(),
            _ => String::new(),
        };
        let other = tape.maybe(" (final: prev: { hi = prev.hello; })");
        match (overlay.as_str(), other) {
            ("", "") => {}
            _ => items.push(format!(
                "({{ ... }}: {{ nixpkgs.overlays = [ {overlay}{other} ]; }})"
            )),
        }
        items.push(tape.maybe("# ./old.nix").to_string());
        items.retain(|item| !item.is_empty());
        items
            .iter()
            .map(|item| format!("        {item}\n"))
            .collect()
    }

    fn bindings(&self) -> String {
        match (self.old, self.inputs) {
            (Old::LetBound, Some(inputs)) => {
                format!(
                    "    llama-variants = import ./nixos/pkgs/llama-cpp-variants.nix {inputs};\n"
                )
            }
            _ => String::new(),
        }
    }

    fn special(&self) -> String {
        match self.inputs {
            Some("inputs") => "specialArgs = { inherit inputs; };".to_string(),
            Some(name) => format!("specialArgs = {{ inputs = {name}; }};"),
            None => String::new(),
        }
    }

    fn write(&self, files: &mut Files) {
        files.insert("machines/disk.nix".to_string(), "{ }\n".to_string());
        if self.old != Old::Nowhere {
            files.insert(
                "nixos/pkgs/llama-cpp-variants.nix".to_string(),
                VARIANTS.to_string(),
            );
        }
        let shared = match self.old {
            Old::SharedModule => {
                "{ inputs, ... }:\n{\n  nixpkgs.overlays = [\n    (import ./pkgs/llama-cpp-variants.nix inputs)\n  ];\n}\n"
            }
            _ => "{ time.timeZone = \"UTC\"; }\n",
        };
        files.insert("nixos/default.nix".to_string(), shared.to_string());
    }
}

fn body(tape: &mut Tape, hosts: &[&str], shape: Shape, modules: &Modules) -> String {
    let system = |tape: &mut Tape, machine: &str| {
        let items = modules.items(tape, machine);
        let special = modules.special();
        format!(
            "nixpkgs.lib.nixosSystem {{\n      system = \"x86_64-linux\";\n      {special}\n      modules = [\n{items}      ];\n    }}"
        )
    };
    let mut bindings = modules.bindings();
    let configurations = match shape {
        Shape::Literal => {
            let host = |host: &&str| {
                format!(
                    "    {host} = {};\n",
                    system(tape, &format!("./machines/{host}.nix"))
                )
            };
            format!("{{\n{}    }}", hosts.iter().map(host).collect::<String>())
        }
        Shape::Helper => {
            let machine = tape.one(&["./machines/${name}.nix", "(./machines + \"/${name}.nix\")"]);
            bindings.push_str(&format!("    mkHost = name: {};\n", system(tape, machine)));
            let host = |host: &&str| format!("      {host} = mkHost \"{host}\";\n");
            format!("{{\n{}    }}", hosts.iter().map(host).collect::<String>())
        }
        Shape::Table => {
            let host = |host: &&str| format!(" {host} = {{ path = ./machines/{host}.nix; }};");
            let table: String = hosts.iter().map(host).collect();
            format!(
                "nixpkgs.lib.mapAttrs (name: host: {}) {{{table} }}",
                system(tape, "host.path")
            )
        }
    };
    let open = if bindings.is_empty() {
        "  {\n".to_string()
    } else {
        format!("  let\n{bindings}  in {{\n")
    };
    format!("{open}    nixosConfigurations = {configurations};\n  }};\n")
}

/// Gives every file another indentation, other line ends, or no final newline.
fn restyle(tape: &mut Tape, files: &mut Files) {
    let unit = tape.one(&["  ", "    ", "\t"]);
    let eol = tape.one(&["\n", "\r\n"]);
    let final_newline = tape.below(4) != 3;
    for text in files.values_mut() {
        let lines = text.lines().map(|line| {
            let content = line.trim_start_matches(' ');
            format!("{}{content}", unit.repeat((line.len() - content.len()) / 2))
        });
        let mut new = lines.collect::<Vec<_>>().join(eol);
        if final_newline {
            new.push_str(eol);
        }
        *text = new;
    }
}
