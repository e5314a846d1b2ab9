//! The labelled set of `tests/hardware/`: small flakes, each host with its true profile and the least that must be known.
//!
//! ```text
//! #== a sentence about the flake
//! #= HOST PROFILE certain|likely|default|contradictory
//! #- path/of/file
//! its text
//! ```
//! A flake without a flake.nix gets one that builds each host from `hosts/HOST.nix` or `hosts/HOST/`.

#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

use std::rc::Rc;

use nixfix::path::RepoPath;
use nixfix::plan::{Confidence, HostPlan, Plan, Request, build};
use nixfix::recipe::{Flags, Recipe, Source};
use nixfix::stack::run_deep;
use nixfix::tree::Tree;

/// A flake of the set.
#[derive(Default)]
struct Case {
    sentence: String,
    labels: Vec<Label>,
    files: Vec<(String, String)>,
}

/// What is true of a host.
struct Label {
    host: String,
    profile: String,
    least: String,
}

fn cases(text: &str) -> Vec<Case> {
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
            let file = format!("hosts/{name}.nix");
            let alone = self.files.iter().any(|(path, _)| *path == file);
            let machine = if alone { file } else { format!("hosts/{name}") };
            let machine = match self
                .files
                .iter()
                .any(|(path, _)| *path == format!("hosts/{name}/configuration.nix"))
            {
                true => format!("hosts/{name}/configuration.nix"),
                false => machine,
            };
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

    fn plan(&self, flags: &Flags) -> Plan {
        let recipe = Recipe::load(vec![Source::built_in()], flags, &RepoPath::root()).unwrap();
        let request = Request {
            flake: RepoPath::new("flake.nix").unwrap(),
            only: Vec::new(),
            skip: Vec::new(),
            keep_going: true,
            shadow: false,
        };
        build(&self.tree(), &recipe, &request)
    }
}

/// What is wrong with the verdict on a host.
fn flaw(label: &Label, found: &HostPlan) -> Option<String> {
    let (profile, confidence) = (found.profile.as_deref()?, found.confidence?);
    let right = profile == label.profile;
    let fine = match (label.least.as_str(), confidence) {
        ("contradictory", confidence) => confidence == Confidence::Contradictory,
        ("default", Confidence::Default) | ("likely", Confidence::Likely) => {
            right || label.least == "default"
        }
        ("certain" | "likely" | "default", Confidence::Certain) => right,
        ("default", Confidence::Likely) => right,
        _ => false,
    };
    let Label {
        host,
        profile: truth,
        least,
    } = label;
    (!fine).then(|| {
        format!(
            "{host}: is {truth} ({least}), found {profile} {confidence:?} on {:#?}",
            found.evidence
        )
    })
}

fn set() -> Vec<Case> {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hardware");
    let entries = std::fs::read_dir(directory).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    texts.flat_map(|text| cases(&text)).collect()
}

/// How often what was found.
#[derive(Default)]
struct Figures {
    claims: usize,
    right: usize,
    defaults: usize,
    asked: usize,
}

impl Figures {
    fn count(&mut self, label: &Label, found: &HostPlan) {
        match found.confidence {
            Some(Confidence::Certain | Confidence::Likely) => {
                self.claims += 1;
                self.right += usize::from(found.profile.as_ref() == Some(&label.profile));
            }
            Some(Confidence::Contradictory) => self.asked += 1,
            _ => self.defaults += 1,
        }
    }
}

#[test]
fn every_host_of_the_labelled_set_is_judged_rightly() {
    run_deep(|| {
        let mut figures = Figures::default();
        let mut flaws = Vec::new();
        for case in set() {
            let plan = case.plan(&Flags::default());
            for label in &case.labels {
                let host = plan.hosts.iter().find(|host| host.name == label.host);
                let host = host.unwrap_or_else(|| panic!("{}: {}", case.sentence, label.host));
                assert!(host.confidence.is_some(), "{}: {host:?}", case.sentence);
                figures.count(label, host);
                flaws.extend(flaw(label, host).map(|flaw| format!("{}: {flaw}", case.sentence)));
            }
        }
        let Figures {
            claims,
            right,
            defaults,
            asked,
        } = figures;
        let all = claims + defaults + asked;
        let share = |part: usize| part * 100 / all;
        println!("{all} hosts: {right} of {claims} claims right; claims {} %, left as default {} %, asked {} %",
            share(claims), share(defaults), share(asked));
        assert!(flaws.is_empty(), "{}", flaws.join("\n"));
        assert!(all >= 60 && right == claims);
    })
    .unwrap();
}
