//! How the hosts are built: each by itself, by a helper, from a table, from a directory, in another file.

use super::Choices;
use super::overlays::Place;
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
    let by_name = tape.one(&["/${name}.nix", "+"]);
    let computed = match by_name {
        "+" => format!("({machines} + \"/${{name}}.nix\")"),
        ending => format!("{machines}{ending}"),
    };
    let lib = format!("{}.lib", scope.nixpkgs);
    let names: Vec<String> = choices
        .hosts
        .iter()
        .map(|host| format!("\"{host}\""))
        .collect();
    let names = names.join(" ");
    let each = |line: &dyn Fn(&str) -> String| {
        let lines: Vec<String> = choices.hosts.iter().map(|host| line(host)).collect();
        format!("{{\n{}\n}}", indented(&lines.join("\n")))
    };
    let hosts = match choices.shape {
        Shape::Literal | Shape::HostsFile | Shape::FlakeUtils => {
            let systems: Vec<String> = choices
                .hosts
                .iter()
                .map(|host| {
                    format!(
                        "{host} = {};¶",
                        system(tape, choices, scope, &format!("{machines}/{host}.nix"))
                    )
                })
                .collect();
            format!("{{\n{}\n}}", indented(&systems.join("\n")))
        }
        Shape::Helper => {
            let built = system(tape, choices, scope, &computed);
            bindings.push_str(&format!("mkHost = name: {built};\n"));
            each(&|host| format!("{host} = mkHost \"{host}\";¶"))
        }
        Shape::HelperArgument => {
            let built = system(tape, choices, scope, &computed);
            bindings.push_str(&format!(
                "mkHost =\n  {{ name, overlays ? [ ] }}:\n  {built};\n"
            ));
            let calls: Vec<String> = choices
                .hosts
                .iter()
                .map(|host| {
                    let overlays = match tape.below(3) {
                        2 => String::new(),
                        _ => format!("overlays = {};", choices.overlays.list(tape, scope)),
                    };
                    format!("{host} = mkHost {{\n  name = \"{host}\";\n  {overlays}\n}};")
                })
                .collect();
            format!("{{\n{}\n}}", indented(&calls.join("\n")))
        }
        Shape::HelperFile => system(tape, choices, scope, &computed),
        Shape::GenAttrs => {
            let built = system(tape, choices, scope, &computed);
            format!("{lib}.genAttrs [ {names} ] (name: §{built})")
        }
        Shape::MapAttrs => {
            let built = system(tape, choices, scope, "host.path");
            let table = each(&|host| format!("{host} = {{ path = {machines}/{host}.nix; }};¶"));
            format!("{lib}.mapAttrs (name: host: {built}) {table}")
        }
        Shape::ListToAttrs => {
            let built = system(tape, choices, scope, &computed);
            format!(
                "builtins.listToAttrs (map (name: {{\n  inherit name;¶\n  value = {built};\n}}) [ {names} ])"
            )
        }
        Shape::ReadDir => {
            let built = system(
                tape,
                choices,
                scope,
                &format!("({}hosts + \"/${{name}}\")", scope.root),
            );
            format!(
                "{lib}.mapAttrs (name: _: {built}) (builtins.readDir {}hosts)",
                scope.root
            )
        }
    };
    if hosts.contains("shared") || bindings.contains("shared") {
        bindings.push_str("shared = [¶\n  { networking.domain = \"lan\"; }\n];\n");
    }
    (bindings, hosts)
}

/// `text`, one step further right.
pub fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}
