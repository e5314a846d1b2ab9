//! A small flake in a text, with what is true of its hosts.
//!
//! ```text
//! #== a sentence about the flake
//! #= HOST PROFILE certain|likely|default|contradictory
//! #- path/of/file
//! its text
//! ```
//! A flake without a flake.nix gets one that builds each host from `hosts/HOST.nix` or `hosts/HOST/`.

use std::rc::Rc;

use nixfix::path::RepoPath;
use nixfix::plan::{Plan, Request, build};
use nixfix::recipe::{Flags, Recipe, Source};
use nixfix::tree::Tree;

/// A flake of the set.
#[derive(Default)]
pub struct Case {
    pub sentence: String,
    pub labels: Vec<Label>,
    pub files: Vec<(String, String)>,
}

/// What is true of a host.
pub struct Label {
    pub host: String,
    pub profile: String,
    pub least: String,
}

/// The flakes that a text holds.
pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.as_slice(), cases.last_mut()) {
            (["#==", sentence @ ..], _) => cases.push(Case {
                sentence: sentence.join(" "),
                ..Case::default()
            }),
            (["#=", host, profile, least], Some(case)) => case.labels.push(Label {
                host: (*host).to_string(),
                profile: (*profile).to_string(),
                least: (*least).to_string(),
            }),
            (["#-", path], Some(case)) => case.files.push(((*path).to_string(), String::new())),
            (_, Some(case)) => {
                let text = case.files.last_mut().map(|(_, text)| text);
                text.unwrap().push_str(&format!("{line}\n"));
            }
            (_, None) => {}
        }
    }
    cases
}

impl Case {
    fn tree(&self) -> Tree {
        let mut files = self.files.clone();
        if files.iter().all(|(path, _)| path != "flake.nix") {
            files.push(("flake.nix".to_string(), self.flake()));
        }
        let file = |(path, text): (String, String)| (RepoPath::new(&path).unwrap(), Rc::from(text));
        Tree::in_memory(files.into_iter().map(file))
    }

    fn flake(&self) -> String {
        let host = |label: &Label| {
            let name = &label.host;
            let there = |file: &&String| self.files.iter().any(|(path, _)| path == *file);
            let candidates = [
                format!("hosts/{name}.nix"),
                format!("hosts/{name}/configuration.nix"),
                format!("hosts/{name}/default.nix"),
            ];
            let machine = candidates.iter().find(there).unwrap();
            format!(
                "{name} = nixpkgs.lib.nixosSystem {{ specialArgs = {{ inherit inputs; }}; modules = [ ./{machine} ]; }};"
            )
        };
        let hosts: Vec<String> = self.labels.iter().map(host).collect();
        format!(
            "{{
  inputs.nixpkgs.url = \"github:NixOS/nixpkgs\";
  inputs.nixos-hardware.url = \"github:NixOS/nixos-hardware\";
  inputs.nixos-wsl.url = \"github:nix-community/NixOS-WSL\";
  outputs = {{ nixpkgs, ... }}@inputs: {{ nixosConfigurations = {{ {} }}; }};
}}\n",
            hosts.join("\n")
        )
    }

    /// What nixfix plans for it.
    pub fn plan(&self, flags: &Flags) -> Plan {
        let recipe = Recipe::load(vec![Source::built_in()], flags, &RepoPath::root()).unwrap();
        let request = Request {
            flake: RepoPath::new("flake.nix").unwrap(),
            only: Vec::new(),
            skip: Vec::new(),
            keep_going: true,
            shadow: false,
            left_out: nixfix::plan::LeftOut::default(),
        };
        build(&self.tree(), &recipe, &request)
    }
}
