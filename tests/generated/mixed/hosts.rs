//! The hosts, each built in a way of its own, and flake.nix.

use super::{DEPTH, Scope, Writer};
use crate::repo::{HOSTS, indented};

/// `outputs`, which binds `inputs` and `nixpkgs`.
const HEADS: [&str; 4] = [
    "{ self, nixpkgs, ... }@inputs:",
    "inputs@{ self, nixpkgs, ... }:",
    "inputs: let inherit (inputs) self nixpkgs; in",
    "{\n  self,\n  nixpkgs,\n  ...\n} @ inputs:",
];

const INPUTS: [&str; 5] = [
    "inputs.nixpkgs.url = \"github:nixos/nixpkgs/nixos-unstable\";",
    "inputs = {\n  nixpkgs.url = \"github:nixos/nixpkgs/nixos-unstable\";¶\n};",
    "inputs = {\n  nixpkgs.url = \"github:nixos/nixpkgs\";\n  unstable.url = \"github:nixos/nixpkgs/nixos-unstable\";\n  home-manager.url = \"github:nix-community/home-manager\";\n};",
    "inputs = {\n  nixpkgs.url = \"github:nixos/nixpkgs\";\n  llama-cpp.url = \"github:ggml-org/llama.cpp\";\n};",
    "inputs = {\n  nixpkgs = { url = \"github:nixos/nixpkgs\"; };\n  llama-cpp = { url = \"github:ggml-org/llama.cpp\"; inputs.nixpkgs.follows = \"nixpkgs\"; };\n};",
];

/// In flake.nix, beside the bindings.
const FLAKE: Scope = Scope {
    root: "./",
    inputs: true,
    lib: "nixpkgs.lib",
    module: false,
    bound: true,
    named: false,
};

impl Writer<'_, '_> {
    /// Writes flake.nix and all that it leads to.
    pub(super) fn flake(&mut self) {
        let (head, inputs) = (self.one(&HEADS), self.one(&INPUTS));
        self.further = inputs.contains("unstable.url");
        let hosts = self.hosts();
        let mut outputs = vec![hosts];
        if self.published {
            let unbound = Scope {
                bound: false,
                ..FLAKE
            };
            // What it publishes is not made of what it publishes.
            self.published = false;
            let default = self.overlay(unbound, 1);
            self.published = true;
            outputs.push(format!(
                "overlays = {{\n  default = {default};\n  words = final: prev: {{ words = prev.hello; }};\n}};"
            ));
        }
        if self.further && self.tape.flag() {
            let packages = self.one(&["pkgs.hello", "pkgs.git pkgs.hello"]);
            let pkgs = self.one(&["pkgs", "nixpkgs.legacyPackages.x86_64-linux"]);
            outputs.push(format!(
                "homeConfigurations.me = inputs.home-manager.lib.homeManagerConfiguration {{\n  inherit ({{ pkgs = {pkgs}; }}) pkgs;\n  modules = [ ({{ pkgs, ... }}: {{ home.username = \"me\"; home.packages = [ {packages} ]; }}) ];\n}};"
            ));
        }
        if self.tape.below(4) == 3 {
            outputs.push("packages.x86_64-linux.default = pkgs.hello;".to_string());
        }
        let outputs = indented(&outputs.join("¶\n"));
        let bindings = self.bindings(&outputs);
        let body = format!("let\n{}\nin\n{{\n{outputs}\n}}", indented(&bindings));
        let content = indented(&format!(
            "{inputs}¶\noutputs = {head}\n{};",
            indented(&body)
        ));
        self.files
            .insert("flake.nix".to_string(), format!("{{\n{content}\n}}\n"));
    }

    /// What flake.nix binds, as far as the rest of it, `used`, names it.
    fn bindings(&mut self, used: &str) -> String {
        let unbound = Scope {
            bound: false,
            ..FLAKE
        };
        let named = Scope {
            named: true,
            ..FLAKE
        };
        let mut bindings = String::new();
        let mut bind = |name: &str, before: &str, text: String| {
            let names = format!("{used}{bindings}");
            let mut words = names.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            if words.any(|word| word == name) {
                bindings = format!("{before}{text};¶\n{bindings}");
            }
        };
        let modules = self.imports(named, 1);
        let helper = self.system(named, &format!("([ machine ] ++ {modules})"));
        bind("mkHost", "mkHost = name: machine: ", helper);
        let extra = self.system(named, "(modules ++ [ { nixpkgs.overlays = overlays; } ])");
        bind(
            "mkWith",
            "mkWith = { name, modules ? [ ], overlays ? [ ] }: ",
            extra,
        );
        let overlays = match self.tape.flag() {
            true => "overlays".to_string(),
            false => self.overlays(FLAKE, 1),
        };
        let call = format!(
            "import nixpkgs {{\n  system = \"x86_64-linux\";\n  overlays = {overlays};\n}}"
        );
        bind("pkgs", "pkgs = ", call);
        let shared = self.imports(unbound, 1);
        bind("shared", "shared = ", shared);
        let overlays = self.overlays(unbound, DEPTH - 1);
        bind("overlays", "overlays = ", overlays);
        if let Some(argument) = self.old_argument() {
            let call = format!("import ./{}{argument}", super::VARIANTS);
            bind("llama-variants", "llama-variants = ", call);
        }
        format!("inherit (nixpkgs) lib;\n{bindings}")
    }

    /// A call of `nixosSystem` with these modules.
    fn system(&mut self, scope: Scope, modules: &str) -> String {
        let function = self.one(&[
            "nixpkgs.lib.nixosSystem",
            "inputs.nixpkgs.lib.nixosSystem",
            "lib.nixosSystem",
            match self.further {
                true => "inputs.unstable.lib.nixosSystem",
                false => "lib.nixosSystem",
            },
        ]);
        self.system_by(function, scope, modules)
    }

    /// A call of this function with these modules.
    fn system_by(&mut self, function: &str, scope: Scope, modules: &str) -> String {
        let system = self.one(&["x86_64-linux", "x86_64-linux", "aarch64-linux"]);
        let mut lines = vec![format!("system = \"{system}\";¶")];
        if self.special {
            lines.push("specialArgs = { inherit inputs; };".to_string());
        }
        if self.tape.below(5) == 4 && scope.bound {
            lines.push("inherit pkgs;".to_string());
        }
        lines.push(format!("modules = {modules};"));
        format!("{function} {{\n{}\n}}", indented(&lines.join("\n")))
    }

    /// The expression of a host.
    fn host(&mut self, host: &str) -> String {
        let shared = self.files.contains_key("machines/carbon.nix");
        let machine = match (host, self.tape.below(6)) {
            // Two hosts of one file.
            ("beryllium", 5) if shared => "./machines/carbon.nix".to_string(),
            _ => format!("./{}", self.machine(host)),
        };
        match self.tape.below(8) {
            0 | 1 => {
                let modules = self.imports(FLAKE, DEPTH - 1);
                self.system(FLAKE, &format!("([ {machine} ] ++ {modules})"))
            }
            2 => {
                let items: Vec<String> = (0..self.tape.below(3))
                    .map(|_| self.module_item(FLAKE, 2))
                    .collect();
                self.system(
                    FLAKE,
                    &format!("[\n  {machine}¶\n  {}\n]", items.join("\n  ")),
                )
            }
            3 => format!("mkHost \"{host}\" {machine}"),
            4 => {
                let (modules, overlays) = (self.imports(FLAKE, 1), self.overlays(FLAKE, 2));
                format!(
                    "mkWith {{\n  name = \"{host}\";\n  modules = [ {machine} ] ++ {modules};\n  overlays = {overlays};\n}}"
                )
            }
            5 => {
                let modules = self.imports(FLAKE, 1);
                let base = self.system(FLAKE, &format!("[ {machine} ]"));
                format!("({base}).extendModules {{ modules = {modules}; }}")
            }
            6 => {
                let scope = Scope {
                    root: "../",
                    lib: "inputs.nixpkgs.lib",
                    bound: false,
                    ..FLAKE
                };
                let modules = self.imports(scope, 1);
                let system = self.system_by(
                    "inputs.nixpkgs.lib.nixosSystem",
                    scope,
                    &format!("([ .{machine} ] ++ {modules})"),
                );
                let formals = self.one(&["{ inputs }:", "{ inputs, ... }:"]);
                self.files.insert(
                    format!("hosts/{host}.nix"),
                    format!("{formals}\n{system}\n"),
                );
                format!("import ./hosts/{host}.nix {{ inherit inputs; }}")
            }
            _ => format!("mkWith {{ name = \"{host}\"; modules = [ {machine} ]; }}"),
        }
    }

    /// The output with the hosts.
    fn hosts(&mut self) -> String {
        let count = 1 + self.tape.below(3);
        self.hosts = count;
        let names = &HOSTS[..count];
        let mut bindings: Vec<String> = names
            .iter()
            .map(|host| format!("{host} = {};¶", self.host(host)))
            .collect();
        let last = bindings.pop().unwrap_or_default();
        let first = bindings.join("\n");
        let quoted: String = names.iter().map(|name| format!("\"{name}\" ")).collect();
        match self.tape.below(10) {
            0..=2 => format!("nixosConfigurations = {{\n  {first}\n  {last}\n}};"),
            3 => format!("nixosConfigurations = {{\n  {first}\n}} // {{\n  {last}\n}};"),
            4 => format!("nixosConfigurations = rec {{\n  {first}\n  {last}\n}};"),
            5 => {
                let condition = self.condition(FLAKE);
                format!(
                    "nixosConfigurations = {{\n  {last}\n}} // lib.optionalAttrs ({condition}) {{\n  {first}\n}};"
                )
            }
            6 => format!(
                "nixosConfigurations = lib.filterAttrs (_: _: true) {{\n  {first}\n  {last}\n}};"
            ),
            8 => {
                let scope = Scope {
                    named: true,
                    ..FLAKE
                };
                let modules = self.imports(scope, 1);
                let system = self.system(
                    scope,
                    &format!("([ host.machine ] ++ host.modules ++ {modules})"),
                );
                let rows: Vec<String> = names
                    .iter()
                    .map(|host| {
                        let (machine, modules) = (self.machine(host), self.imports(FLAKE, 1));
                        format!(
                            "{host} = {{\n  machine = ./{machine};¶\n  modules = {modules};\n}};"
                        )
                    })
                    .collect();
                let rows = indented(&rows.join("\n"));
                format!(
                    "nixosConfigurations = lib.mapAttrs (name: host: §{system}) {{\n{rows}\n}};"
                )
            }
            7 => format!(
                "nixosConfigurations = lib.genAttrs [ {quoted}] (name: {{\n  {first}\n  {last}\n}}.${{name}});"
            ),
            _ => format!(
                "nixosConfigurations = builtins.mapAttrs (name: host: host) {{\n  {first}\n  {last}\n}};"
            ),
        }
    }
}
