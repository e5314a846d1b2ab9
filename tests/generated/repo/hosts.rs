//! How the hosts are built: each by itself, by a helper, from a table, from a directory, in another file.

use super::overlays::Place;
use super::{Choices, indented};
use crate::tape::Tape;

/// The form of the set of hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Literal,
    Helper,
    /// A helper that takes a set, with each host's overlays.
    HelperArgument,
    /// A helper in `lib/`.
    HelperFile,
    /// All hosts in `hosts.nix`.
    HostsFile,
    GenAttrs,
    MapAttrs,
    ListToAttrs,
    /// A directory in `hosts/` for each.
    ReadDir,
    /// `eachDefaultSystem` and the hosts beside it.
    FlakeUtils,
}

impl Shape {
    pub const ALL: [Shape; 10] = [
        Shape::Literal,
        Shape::Helper,
        Shape::HelperArgument,
        Shape::HelperFile,
        Shape::HostsFile,
        Shape::GenAttrs,
        Shape::MapAttrs,
        Shape::ListToAttrs,
        Shape::ReadDir,
        Shape::FlakeUtils,
    ];
}

/// The file that something is written in, as far as its text depends on it.
pub struct Scope {
    /// The way to the root of the repository.
    pub root: &'static str,
    /// The name of the inputs, if they have one.
    pub inputs: Option<&'static str>,
    /// nixpkgs.
    pub nixpkgs: &'static str,
    /// Whether what is bound beside the hosts can be named.
    pub binds: bool,
}

impl Scope {
    /// `nixos/default.nix`.
    pub fn of_modules() -> Scope {
        Scope {
            root: "../",
            inputs: Some("inputs"),
            nixpkgs: "inputs.nixpkgs",
            binds: false,
        }
    }

    /// A file that is called with the inputs.
    pub fn of_file(root: &'static str) -> Scope {
        Scope {
            root,
            inputs: Some("inputs"),
            nixpkgs: "inputs.nixpkgs",
            binds: true,
        }
    }
}

/// A `nixosSystem` with the machine file `machine`.
fn system(tape: &mut Tape, choices: &Choices, scope: &Scope, machine: &str) -> String {
    let mut lines = vec![format!("system = \"{}\";¶", choices.system)];
    let mut special = Vec::new();
    match scope.inputs {
        Some("inputs") if choices.special => special.push("inherit inputs;".to_string()),
        Some(name) if choices.special => special.push(format!("inputs = {name};")),
        _ => {}
    }
    match choices.overlays.place {
        Place::PackageSet => lines.push("inherit pkgs;".to_string()),
        Place::SpecialPackageSet => special.push("inherit pkgs;".to_string()),
        _ => {}
    }
    if !special.is_empty() {
        lines.push(format!("specialArgs = {{ {} }};", special.join(" ")));
    }
    lines.push(format!(
        "modules = {};",
        modules(tape, choices, scope, machine)
    ));
    if tape.flag() {
        lines.reverse();
    }
    format!(
        "{}.lib.nixosSystem {{\n{}\n}}",
        scope.nixpkgs,
        indented(&lines.join("\n"))
    )
}

fn modules(tape: &mut Tape, choices: &Choices, scope: &Scope, machine: &str) -> String {
    let mut items = vec![machine.to_string()];
    if choices.shared {
        items.push(format!("{}nixos", scope.root));
    }
    items.extend(choices.overlays.module(tape, scope));
    if tape.flag() {
        items.reverse();
    }
    match tape.below(5) {
        0 => format!("[¶\n{}\n]", indented(&items.join("¶\n"))),
        1 => format!("[ §{} ]", items.join(" §")),
        2 => format!(
            "[\n  # All of it\n{}\n  # ./old.nix\n] ++ [ ]",
            indented(&items.join("\n"))
        ),
        3 => format!("shared ++ [\n{}\n]", indented(&items.join("¶\n"))),
        _ => format!("[\n{}\n]\n++ shared", indented(&items.join("\n"))),
    }
}

/// The bindings of a file that builds hosts, and the set of hosts or the helper.
pub fn built(tape: &mut Tape, choices: &Choices, scope: &Scope) -> (String, String) {
    let mut bindings = choices.overlays.bindings(tape, scope, choices.system);
    let machines = format!("{}machines", scope.root);
    let computed = match tape.flag() {
        true => format!("({machines} + \"/${{name}}.nix\")"),
        false => format!("{machines}/${{name}}.nix"),
    };
    let hosts = match choices.shape {
        Shape::Literal | Shape::HostsFile | Shape::FlakeUtils => set_of(choices, |host| {
            let machine = format!("{machines}/{host}.nix");
            format!("{host} = {};¶", system(tape, choices, scope, &machine))
        }),
        Shape::Helper => {
            let built = system(tape, choices, scope, &computed);
            bindings.push_str(&format!("mkHost = name: {built};\n"));
            set_of(choices, |host| format!("{host} = mkHost \"{host}\";¶"))
        }
        Shape::HelperArgument => {
            let built = system(tape, choices, scope, &computed);
            let formals = "{ name, overlays ? [ ] }";
            bindings.push_str(&format!("mkHost =\n  {formals}:\n  {built};\n"));
            set_of(choices, |host| call(tape, choices, scope, host))
        }
        Shape::HelperFile => system(tape, choices, scope, &computed),
        _ => from_table(tape, choices, scope, &computed),
    };
    if hosts.contains("shared") || bindings.contains("shared") {
        bindings.push_str("shared = [¶\n  { networking.domain = \"lan\"; }\n];\n");
    }
    (bindings, hosts)
}

/// A set with a binding for each host.
fn set_of(choices: &Choices, binding: impl FnMut(&&str) -> String) -> String {
    let bindings: Vec<String> = choices.hosts.iter().map(binding).collect();
    format!("{{\n{}\n}}", indented(&bindings.join("\n")))
}

/// A host by the helper that takes its overlays.
fn call(tape: &mut Tape, choices: &Choices, scope: &Scope, host: &str) -> String {
    let overlays = match tape.below(3) {
        2 => String::new(),
        _ => format!("overlays = {};", choices.overlays.list(tape, scope)),
    };
    format!("{host} = mkHost {{\n  name = \"{host}\";\n  {overlays}\n}};")
}

/// Hosts that a function makes of names, of a set, or of a directory.
fn from_table(tape: &mut Tape, choices: &Choices, scope: &Scope, computed: &str) -> String {
    let lib = format!("{}.lib", scope.nixpkgs);
    let quoted = choices.hosts.iter().map(|host| format!("\"{host}\" "));
    let names: String = quoted.collect();
    match choices.shape {
        Shape::MapAttrs => {
            let built = system(tape, choices, scope, "host.path");
            let table = set_of(choices, |host| {
                format!("{host} = {{ path = {}machines/{host}.nix; }};¶", scope.root)
            });
            format!("{lib}.mapAttrs (name: host: {built}) {table}")
        }
        Shape::ListToAttrs => {
            let built = system(tape, choices, scope, computed);
            let pair = format!("{{\n  inherit name;¶\n  value = {built};\n}}");
            format!("builtins.listToAttrs (map (name: {pair}) [ {names}])")
        }
        Shape::ReadDir => {
            let directory = format!("{}hosts", scope.root);
            let machine = format!("({directory} + \"/${{name}}\")");
            let built = system(tape, choices, scope, &machine);
            format!("{lib}.mapAttrs (name: _: {built}) (builtins.readDir {directory})")
        }
        _ => {
            let built = system(tape, choices, scope, computed);
            format!("{lib}.genAttrs [ {names}] (name: §{built})")
        }
    }
}
