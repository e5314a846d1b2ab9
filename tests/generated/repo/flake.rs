//! flake.nix, and the files that build hosts for it.

use super::hosts::{Scope, Shape, built};
use super::{Choices, Files, indented};
use crate::tape::Tape;

/// How `outputs` takes the inputs.
pub struct Head {
    text: &'static str,
    /// What it calls them as a set.
    pub inputs: Option<&'static str>,
    closed: bool,
}

const fn head(text: &'static str, inputs: Option<&'static str>, closed: bool) -> Head {
    Head {
        text,
        inputs,
        closed,
    }
}

pub const HEADS: [Head; 10] = [
    head("{ self, nixpkgs, ... }@inputs:", Some("inputs"), false),
    head("inputs@{ self, nixpkgs, ... }:", Some("inputs"), false),
    head(
        "{\n  self,\n  nixpkgs,\n  ...\n} @ inputs:",
        Some("inputs"),
        false,
    ),
    head(
        "inputs: let inherit (inputs) nixpkgs; in",
        Some("inputs"),
        false,
    ),
    head("{ nixpkgs, ... }@attrs:", Some("attrs"), false),
    head(
        "{ self\n, nixpkgs # the packages\n, ...\n}@inputs:",
        Some("inputs"),
        false,
    ),
    head("inputs@{ nixpkgs, /* and */ ... }:", Some("inputs"), false),
    head("{ self, nixpkgs, ... }:", None, false),
    head("{ self, nixpkgs }:", None, true),
    head("{ self, nixpkgs, }:", None, true),
];

const NIXPKGS: [&str; 5] = [
    "inputs = {\n  nixpkgs.url = \"github:nixos/nixpkgs/nixos-unstable\";@\n};\n",
    "inputs.nixpkgs.url = \"github:nixos/nixpkgs/nixos-unstable\";@\n",
    "inputs = {\n  # Nixpkgs\n  nixpkgs = {\n    url = \"github:nixos/nixpkgs\";\n  };@\n  # more to come\n};\n",
    "inputs = { nixpkgs.url = \"nixpkgs/nixos-24.11\"; @};\n",
    "inputs = {\n\n  nixpkgs = { url = \"github:NixOS/nixpkgs/nixos-24.11\"; }; # stable\n@\n};\n",
];

/// What of the new input is there already.
const LLAMA: [&str; 4] = [
    "",
    "llama-cpp.url = \"github:ggml-org/llama.cpp\";",
    "llama-cpp = { url = \"github:ggerganov/llama.cpp/b4000\"; inputs.nixpkgs.follows = \"nixpkgs\"; };",
    "llama-cpp = {\n  url = \"github:ggml-org/llama.cpp\";\n};",
];

/// Writes flake.nix and what it imports.
pub fn write(tape: &mut Tape, choices: &Choices, files: &mut Files) {
    let declared = declared(tape, choices);
    let body = indented(&body(tape, choices, files));
    let description = tape.maybe("description = \"Machines\";\n\n");
    let comment = tape.maybe("\n# What comes of it\n");
    let head = choices.head.text;
    let content = indented(&format!(
        "{description}{declared}{comment}outputs = {head}\n{body};"
    ));
    files.insert("flake.nix".to_string(), format!("{{\n{content}\n}}\n"));
}

fn declared(tape: &mut Tape, choices: &Choices) -> String {
    let (form, llama) = (tape.one(&NIXPKGS), tape.one(&LLAMA));
    let mut inputs = Vec::new();
    // A flake whose formals are closed could not be called with one more.
    if !choices.head.closed && !llama.is_empty() {
        inputs.push(llama);
    }
    if choices.shape == Shape::FlakeUtils {
        inputs.push("flake-utils.url = \"github:numtide/flake-utils\";");
    }
    let added = inputs.iter().map(|input| match form {
        form if form.starts_with("inputs.") => format!("\ninputs.{input}"),
        form if form.contains(" @}") => format!("{input} "),
        _ => format!("\n{}", indented(input)),
    });
    form.replace('@', &added.collect::<String>())
}

/// What `outputs` returns.
fn body(tape: &mut Tape, choices: &Choices, files: &mut Files) -> String {
    let inputs = choices.head.inputs;
    let argument = match inputs {
        Some("inputs") | None => "{ inherit inputs; }".to_string(),
        Some(name) => format!("{{ inputs = {name}; }}"),
    };
    match choices.shape {
        Shape::HelperFile => {
            let (bindings, helper) = built(tape, choices, &Scope::of_file("../"));
            let text = format!(
                "{{ inputs }}:\nname:\n{}\n",
                with_bindings(&bindings, &helper)
            );
            files.insert("lib/mkHost.nix".to_string(), text);
            let line = |host: &&str| format!("    {host} = mkHost \"{host}\";\n");
            let hosts: String = choices.hosts.iter().map(line).collect();
            let set = format!("{{\n  nixosConfigurations = {{\n{hosts}  }};\n}}");
            with_bindings(
                &format!("mkHost = import ./lib/mkHost.nix {argument};\n"),
                &set,
            )
        }
        Shape::HostsFile => {
            let (bindings, hosts) = built(tape, choices, &Scope::of_file("./"));
            let formals = tape.one(&["{ inputs, ... }:", "{ inputs }:"]);
            let text = format!("{formals}\n{}\n", with_bindings(&bindings, &hosts));
            files.insert("hosts.nix".to_string(), text);
            format!("{{\n  nixosConfigurations = import ./hosts.nix {argument};¶\n}}")
        }
        shape => {
            let scope = Scope {
                root: "./",
                inputs,
                nixpkgs: "nixpkgs",
                binds: true,
            };
            let (bindings, hosts) = built(tape, choices, &scope);
            let set = format!(
                "{{¶\n{}\n}}",
                indented(&format!("nixosConfigurations = {hosts};"))
            );
            let set = match (shape, inputs) {
                (Shape::FlakeUtils, Some(inputs)) => format!(
                    "{inputs}.flake-utils.lib.eachDefaultSystem (system: {{\n  packages.hello = nixpkgs.legacyPackages.${{system}}.hello;\n}})\n// {set}"
                ),
                _ => set,
            };
            with_bindings(&bindings, &set)
        }
    }
}

fn with_bindings(bindings: &str, body: &str) -> String {
    if bindings.is_empty() {
        return body.to_string();
    }
    format!("let\n{}\nin\n{body}", indented(bindings))
}
