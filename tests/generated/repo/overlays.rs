//! The overlays that a repository has before, the old one of llama.cpp among them, and where they stand.

use super::Files;
use super::hosts::{Scope, Shape};
use crate::tape::Tape;

const VARIANTS: &str = "nixos/pkgs/llama-cpp-variants.nix";

/// Where the hosts get their overlays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Nowhere,
    /// A module in the list of each host.
    Inline,
    /// `nixos/default.nix`.
    SharedModule,
    /// A name for the list.
    Bound,
    /// `pkgs = import nixpkgs { overlays }`, given to `nixosSystem`.
    PackageSet,
    /// The same, given to the modules.
    SpecialPackageSet,
    /// An argument of the helper, a list for each host.
    Argument,
}

/// What the file of the old overlay asks for before `final: prev:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Inputs,
    Set,
}

/// The overlays.
pub struct Overlays {
    /// Where they stand.
    pub place: Place,
    old: Option<Takes>,
    /// Whether the old one has a name of its own.
    named: bool,
    first: bool,
    last: bool,
}

impl Overlays {
    pub fn read(tape: &mut Tape, shape: Shape, inputs: bool) -> Overlays {
        let place = match shape {
            Shape::HelperArgument => Place::Argument,
            _ => tape.one(&[
                Place::Nowhere,
                Place::Inline,
                Place::SharedModule,
                Place::Bound,
                Place::PackageSet,
                Place::SpecialPackageSet,
            ]),
        };
        let old = match inputs {
            _ if place == Place::Nowhere => None,
            true => tape.one(&[
                None,
                Some(Takes::Inputs),
                Some(Takes::Set),
                Some(Takes::Nothing),
            ]),
            false => tape.one(&[None, Some(Takes::Nothing)]),
        };
        Overlays {
            place,
            old,
            named: tape.flag(),
            first: tape.flag(),
            last: tape.flag(),
        }
    }

    /// Whether hosts have the packages of the old overlay.
    pub fn has_old(&self) -> bool {
        self.old.is_some()
    }

    /// Whether the shared module must be given the inputs.
    pub fn needs_special(&self) -> bool {
        self.place == Place::SharedModule && matches!(self.old, Some(Takes::Inputs | Takes::Set))
    }

    fn old_in(&self, scope: &Scope) -> Option<String> {
        let inputs = scope.inputs.unwrap_or("inputs");
        let argument = match self.old? {
            Takes::Nothing => String::new(),
            Takes::Inputs => format!(" {inputs}"),
            Takes::Set if inputs == "inputs" => " { inherit inputs; }".to_string(),
            Takes::Set => format!(" {{ inputs = {inputs}; }}"),
        };
        Some(format!("import {}{VARIANTS}{argument}", scope.root))
    }

    /// What is bound beside the hosts: the old overlay, the list, the package set.
    pub fn bindings(&self, tape: &mut Tape, scope: &Scope, system: &str) -> String {
        let mut bindings = String::new();
        let here = !matches!(self.place, Place::Nowhere | Place::SharedModule);
        if let Some(old) = self.old_in(scope).filter(|_| here && self.named) {
            bindings.push_str(&format!("llama-variants = {old};¶\n"));
        }
        match self.place {
            Place::Bound => {
                let list = self.list(tape, scope);
                bindings.push_str(&format!("overlays = {list};\n"));
            }
            Place::PackageSet | Place::SpecialPackageSet => {
                let (nixpkgs, list) = (scope.nixpkgs, self.list(tape, scope));
                bindings.push_str(&format!(
                    "pkgs = import {nixpkgs} {{\n  system = \"{system}\";¶\n  config.allowUnfree = true;\n  overlays = {list};\n}};\n"
                ));
            }
            _ => {}
        }
        bindings
    }

    /// The list of overlays.
    pub fn list(&self, tape: &mut Tape, scope: &Scope) -> String {
        let old = match self.old_in(scope) {
            Some(_) if self.named && scope.binds => Some("llama-variants".to_string()),
            Some(old) => Some(format!("({old})")),
            None => None,
        };
        let first = self
            .first
            .then(|| "(final: prev: { greeting = prev.hello; })".to_string());
        let last = self
            .last
            .then(|| "(self: super: { farewell = super.hello; })".to_string());
        let items: Vec<String> = [first, old, last].into_iter().flatten().collect();
        match tape.below(4) {
            0 => format!("[¶\n  {}¶\n]", items.join("¶\n  ")),
            1 => format!("[ §{} ]", items.join(" ")),
            2 => format!("[ ] ++ [ {} ]", items.join(" ")),
            _ => format!("[\n  # Overlays\n  {}\n  # no more\n]", items.join("\n  ")),
        }
    }

    /// The module that has the overlays, as an item of a list of modules.
    pub fn module(&self, tape: &mut Tape, scope: &Scope) -> Option<String> {
        let list = match self.place {
            Place::Inline => self.list(tape, scope),
            Place::Bound | Place::Argument => "overlays".to_string(),
            _ => return None,
        };
        Some(match tape.below(4) {
            0 => format!("{{ nixpkgs.overlays = {list}; }}"),
            1 => format!("({{ ... }}: {{ nixpkgs.overlays = {list}; }})"),
            2 => format!("{{\n  nixpkgs = {{\n    overlays = {list};¶\n  }};\n}}"),
            _ => format!("(_: §{{ nixpkgs.overlays = {list}; }})"),
        })
    }

    /// The files: the old overlay, and the module that all hosts share.
    pub fn write(&self, tape: &mut Tape, files: &mut Files) {
        if let Some(takes) = self.old {
            let head = match takes {
                Takes::Nothing => "",
                Takes::Inputs => "inputs: ",
                Takes::Set => "{ inputs }:\n",
            };
            let text = format!(
                "{head}final: prev: {{\n\tllama-cpp-cuda = prev.llama-cpp.override {{ cudaSupport = true; }};\n}}\n"
            );
            files.insert(VARIANTS.to_string(), text);
        }
        let text = match self.place {
            Place::SharedModule => {
                let scope = Scope::of_modules();
                let list = self.list(tape, &scope);
                let formals = match self.needs_special() {
                    true => tape.one(&["{ inputs, ... }:\n", "{ lib, inputs, pkgs, ... }:\n"]),
                    false => tape.one(&["", "{ ... }:\n", "_:\n", "{ lib, ... }:\n"]),
                };
                format!(
                    "{formals}{{\n  §time.timeZone = \"UTC\";\n  nixpkgs.overlays = {list};¶\n}}\n"
                )
            }
            _ => "{ time.timeZone = \"UTC\"; }\n".to_string(),
        };
        files.insert("nixos/default.nix".to_string(), text);
    }
}
