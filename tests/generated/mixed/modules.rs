//! Modules: their settings, their imports, and the files they stand in.

use super::{DEPTH, Scope, Writer};

/// What says something of the hardware, or nothing.
const SETTINGS: [&str; 12] = [
    "networking.firewall.enable = true;",
    "services.xserver.videoDrivers = [ \"nvidia\" ];",
    "boot.initrd.kernelModules = [ \"amdgpu\" ];",
    "hardware.graphics.enable = true;",
    "services.openssh.enable = true;",
    "services.openssh = { enable = false; };",
    "environment.systemPackages = [ pkgs.hello ];",
    "environment.systemPackages = with pkgs; [ hello git ];",
    "users.users.me.packages = [ pkgs.git ];",
    "nixpkgs.config.allowUnfree = true;",
    "nixpkgs.config = { rocmSupport = true; };",
    "environment.systemPackages = [ pkgs.hello ] ++ lib.optional true pkgs.git;",
];

impl Writer<'_, '_> {
    /// What a module sets, one after the other; `whole` is one that may name others as well.
    fn settings(&mut self, scope: Scope, whole: bool, depth: usize) -> String {
        let mut lines = Vec::new();
        if whole && depth > 0 && self.tape.below(3) == 1 {
            let imports = self.imports(scope, depth - 1);
            lines.push(format!("imports = {imports};¶"));
        }
        for _ in 0..self.tape.below(3) {
            lines.push(format!("{}¶", self.setting()));
        }
        if self.tape.below(3) == 1 {
            let value = self.overlays_option(scope);
            lines.push(match self.tape.below(3) {
                0 => format!("nixpkgs.overlays = {value};"),
                1 => format!("nixpkgs = {{\n  overlays = {value};¶\n}};"),
                _ => format!("nixpkgs.\"overlays\" =§\n  {value};"),
            });
        }
        self.further_setting(scope, whole, &mut lines);
        if self.tape.flag() {
            lines.reverse();
        }
        without_twice(lines).join("\n")
    }

    /// What few modules have: another package set, or something about other modules.
    fn further_setting(&mut self, scope: Scope, whole: bool, lines: &mut Vec<String>) {
        let root = scope.root;
        let choice = self.tape.below(24);
        match choice {
            19 if whole => lines.push("disabledModules = [ { key = \"key-1\"; } ];".to_string()),
            20 if whole => lines.push(format!("disabledModules = [ {root}modules/m0.nix ];")),
            21 => lines.push("nixpkgs.hostPlatform = \"x86_64-linux\";".to_string()),
            22 | 23 if scope.inputs => {
                let option = match choice {
                    22 => "nixpkgs.pkgs",
                    _ => "_module.args.pkgs",
                };
                let overlays = self.overlays(scope, 1);
                let set = format!(
                    "import inputs.nixpkgs {{ system = \"x86_64-linux\"; overlays = {overlays}; }}"
                );
                let form = self.one(&[
                    "@",
                    "lib.mkForce (@)",
                    "lib.mkDefault (@)",
                    "lib.mkIf true (@)",
                    "lib.mkIf config.services.openssh.enable (@)",
                ]);
                lines.insert(0, format!("{option} = {};", form.replace('@', &set)));
            }
            _ => {}
        }
    }

    /// One setting; a module is always given `pkgs` and `lib`.
    fn setting(&mut self) -> &'static str {
        let variant = self.old.is_some() && self.tape.below(8) == 7;
        match variant {
            true => "environment.systemPackages = [ pkgs.llama-cpp-cuda ];",
            false => self.tape.one(&SETTINGS),
        }
    }

    /// A module, as it stands in a file or, in parentheses, in a list.
    fn module(&mut self, outer: Scope, depth: usize) -> String {
        let inputs = self.special;
        let formals = match (inputs, self.tape.flag()) {
            (true, true) => "inputs, config, pkgs, lib, ...",
            (true, false) => "config, lib, pkgs, inputs, ...",
            (false, _) => "config, lib, pkgs, ...",
        };
        let scope = Scope {
            inputs: inputs || (outer.inputs && outer.bound),
            lib: "lib",
            module: true,
            ..outer
        };
        let form = self.one(&[
            "{ % }: {\n  &\n}",
            "{ % }:\n{\n  &\n}",
            "args@{ % }:\n{\n  &\n}",
            "{ % }:\nlet\n  unused = 1;\nin\n{\n  &\n}",
            "{ % }: with lib; {\n  &\n}",
            "{ % }: { } // {\n  &\n}",
            "{ % }: lib.mkMerge [ { } {\n  &\n} ]",
            "{ % }: if true then {\n  &\n} else { }",
            "{ % }: {\n  options.my.switch = lib.mkEnableOption \"it\";\n  config = {\n    &\n  };\n}",
            "{ % }: {\n  config = lib.mkIf config.services.openssh.enable {\n    &\n  };\n}",
            "{ % }: {\n  config = lib.mkMerge [\n    { }\n    (lib.mkIf true {\n      &\n    })\n  ];\n}",
            "{ % }: {\n  key = \"key-#\";\n  &\n}",
            "{ % }: {\n  key = \"key-1\";\n  &\n}",
        ]);
        // What is merged is no module any more, but its settings.
        let whole = !form.contains("config = ") && !form.contains("mkMerge");
        let body = self.settings(scope, whole, depth);
        self.modules += 1;
        form.replace('#', &(self.modules % 4).to_string())
            .replace('%', formals)
            .replace('&', &body.replace('\n', "\n  "))
    }

    /// What is named where modules are listed: a file, or a module.
    pub(super) fn module_item(&mut self, scope: Scope, depth: usize) -> String {
        match self.tape.below(8) {
            0 | 1 => {
                let path = self.module_file(depth);
                format!("{}{path}", scope.root)
            }
            2 if depth > 0 => format!("({})", self.module(scope, depth - 1)),
            3 => {
                let value = self.overlays_option(scope);
                format!("{{ nixpkgs.overlays = {value}; }}")
            }
            4 => {
                let path = self.module_file(depth);
                format!("(import {}{path})", scope.root)
            }
            5 => {
                let path = self.module_file(depth);
                format!("({}. + \"/{path}\")", scope.root)
            }
            6 if depth > 0 => {
                let imports = self.imports(scope, depth - 1);
                format!("{{ imports = {imports}; }}")
            }
            _ => "{ networking.domain = \"lan\"; }".to_string(),
        }
    }

    /// A list of modules, as an argument.
    pub(super) fn imports(&mut self, scope: Scope, depth: usize) -> String {
        let lib = scope.lib;
        let count = self.tape.below(3);
        let items: Vec<String> = (0..count).map(|_| self.module_item(scope, depth)).collect();
        let list = format!("[\n  {}\n]", items.join("¶\n  "));
        // What decides on imports may not depend on the configuration.
        let outer = Scope {
            module: false,
            ..scope
        };
        match self.tape.below(9) {
            0..=3 => list,
            4 => {
                let condition = self.condition(outer);
                let item = self.module_item(scope, 0);
                format!("({list} ++ {lib}.optional ({condition}) {item})")
            }
            5 => {
                let condition = self.condition(outer);
                format!("({lib}.optionals ({condition}) {list})")
            }
            6 => format!("(builtins.filter (x: true) {list})"),
            7 if scope.bound => format!("({list} ++ shared)"),
            _ => format!("(map (x: x) {list})"),
        }
    }

    /// The path of a file with a module: one that is there already, or a new one.
    fn module_file(&mut self, depth: usize) -> String {
        let known: Vec<String> = self
            .files
            .keys()
            .filter(|path| is_module(path))
            .cloned()
            .collect();
        if depth == 0 || (!known.is_empty() && self.tape.flag()) {
            return match known.is_empty() {
                true => "machines/disk.nix".to_string(),
                false => known[self.tape.below(known.len())].clone(),
            };
        }
        let path = format!("modules/m{}.nix", self.modules);
        let text = self.module(Scope::of_file("../", self.special), depth - 1);
        self.files.insert(path.clone(), format!("{text}\n"));
        path
    }

    /// The path of the machine file of `host`, which is written.
    pub(super) fn machine(&mut self, host: &str) -> String {
        let path = match self.tape.below(3) {
            0 | 1 => format!("machines/{host}.nix"),
            _ => format!("machines/{host}/default.nix"),
        };
        let root = match path.ends_with("default.nix") {
            true => "../../",
            false => "../",
        };
        let text = self.module(Scope::of_file(root, self.special), DEPTH - 1);
        let head = self.one(&["", "", "", GENERATED]);
        self.files.insert(path.clone(), format!("{head}{text}\n"));
        path.trim_end_matches("/default.nix").to_string()
    }
}

impl Scope {
    /// In a file of a module.
    fn of_file(root: &'static str, special: bool) -> Scope {
        Scope {
            root,
            inputs: special,
            lib: "lib",
            module: true,
            bound: false,
            named: false,
        }
    }
}

/// What a file says that is written again, so that nothing may be added to it.
const GENERATED: &str = "# Do not modify this file!  It was generated by nixos-generate-config\n";

fn is_module(path: &str) -> bool {
    path.starts_with("modules/")
}

/// The lines whose option is not set by one before: Nix would not have it twice.
fn without_twice(lines: Vec<String>) -> Vec<String> {
    let first = |line: &String| line.split([' ', '.', '=']).next().unwrap_or("").to_string();
    let mut seen: Vec<String> = Vec::new();
    let is_new = |line: &String| {
        let name = first(line);
        let new = !seen.contains(&name);
        seen.push(name);
        new
    };
    lines.into_iter().filter(is_new).collect()
}
