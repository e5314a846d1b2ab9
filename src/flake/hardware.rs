//! Which profile a host's own configuration speaks for, with the lines that say so.

use super::Flake;
use super::model::Built;
use super::modules::ModuleKey;
use super::options::{Definition, definitions};
use crate::eval::value::{Kind, Origin, Value};
use crate::path::RepoPath;
use crate::plan::{Confidence, Evidence};

/// What a host's configuration says about its profile.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The profile, if anything speaks for one.
    pub profile: Option<String>,
    /// How sure that is.
    pub confidence: Confidence,
    /// The lines it rests on.
    pub evidence: Vec<Evidence>,
}

/// A setting, the value that counts, and the profile it speaks for.
struct Rule {
    option: &'static [&'static str],
    says: &'static str,
    holds: fn(&Flake, &Value) -> bool,
}

const RULES: &[Rule] = &[
    Rule {
        option: &["services", "xserver", "videoDrivers"],
        says: "cuda",
        holds: |flake, value| lists(flake, value, "nvidia"),
    },
    Rule {
        option: &["hardware", "nvidia"],
        says: "cuda",
        holds: sets_anything,
    },
    Rule {
        option: &["nixpkgs", "config", "cudaSupport"],
        says: "cuda",
        holds: is_true,
    },
    Rule {
        option: &["services", "ollama", "acceleration"],
        says: "cuda",
        holds: |_, value| is_text(value, "cuda"),
    },
    Rule {
        option: &["nixpkgs", "config", "rocmSupport"],
        says: "rocm",
        holds: is_true,
    },
    Rule {
        option: &["services", "ollama", "acceleration"],
        says: "rocm",
        holds: |_, value| is_text(value, "rocm"),
    },
    Rule {
        option: &["services", "xserver", "videoDrivers"],
        says: "vulkan",
        holds: |flake, value| lists(flake, value, "amdgpu"),
    },
];

/// What the host's machine file, and what it imports, say without any condition.
pub fn judge(flake: &Flake, built: &Built) -> Verdict {
    let Some(machine) = &built.machine_file else {
        return Verdict {
            profile: None,
            confidence: Confidence::Default,
            evidence: Vec::new(),
        };
    };
    let mut evidence = chosen_variant(flake, built, machine);
    if evidence.is_empty() {
        for rule in RULES {
            for definition in own_definitions(flake, built, machine, rule.option) {
                if (rule.holds)(flake, &definition.value) {
                    evidence.extend(line(&definition, rule.says, &rule.option.join(".")));
                }
            }
        }
    }
    verdict(evidence)
}

fn verdict(evidence: Vec<Evidence>) -> Verdict {
    let says = |profile: &str| evidence.iter().any(|one| one.says == profile);
    let (profile, confidence) = match (says("cuda"), says("rocm"), says("vulkan")) {
        (true, false, false) => (Some("cuda"), Confidence::Certain),
        (false, true, _) => (Some("rocm"), Confidence::Certain),
        (false, false, true) => (Some("vulkan"), Confidence::Certain),
        (false, false, false) => (None, Confidence::Default),
        _ => (None, Confidence::Contradictory),
    };
    Verdict {
        profile: profile.map(str::to_string),
        confidence,
        evidence,
    }
}

/// What the user chose for llama.cpp itself, as in `llama-cpp.override { vulkanSupport = true; }`.
fn chosen_variant(flake: &Flake, built: &Built, machine: &RepoPath) -> Vec<Evidence> {
    const OPTION: &[&str] = &["environment", "systemPackages"];
    const SWITCHES: &[(&str, &str)] = &[
        ("cudaSupport", "cuda"),
        ("rocmSupport", "rocm"),
        ("vulkanSupport", "vulkan"),
    ];
    let mut found = Vec::new();
    for definition in own_definitions(flake, built, machine, OPTION) {
        let Kind::List(packages) = &definition.value.kind else {
            continue;
        };
        for package in packages.items().flatten().map(|item| flake.ev.force(item)) {
            let Some(arguments) = override_of_llama_cpp(flake, &package) else {
                continue;
            };
            for (switch, says) in SWITCHES {
                if flake
                    .ev
                    .get(&arguments, switch)
                    .and_then(|value| value.as_bool())
                    == Some(true)
                    && let Some(origin) = &package.origin
                {
                    found.push(evidence(
                        origin,
                        says,
                        &format!("llama-cpp.override {{ {switch} = true; }}"),
                    ));
                }
            }
        }
    }
    found
}

/// The argument of `pkgs.llama-cpp.override`.
fn override_of_llama_cpp(flake: &Flake, package: &Value) -> Option<Value> {
    let Kind::Call(call) = &package.kind else {
        return None;
    };
    let Kind::Symbol(symbol) = &call.function.kind else {
        return None;
    };
    let [.., package, function] = symbol.path.as_slice() else {
        return None;
    };
    (&**package == "llama-cpp" && &**function == "override").then(|| flake.ev.force(&call.argument))
}

/// The unconditional definitions that the machine file makes, or a file that it imports.
fn own_definitions(
    flake: &Flake,
    built: &Built,
    machine: &RepoPath,
    option: &[&str],
) -> Vec<Definition> {
    let is_machine =
        |index: &usize| built.modules.all[*index].key == ModuleKey::File(machine.clone());
    let within = |index: usize| {
        std::iter::successors(Some(index), |index| built.modules.all[*index].parent)
            .any(|index| is_machine(&index))
    };
    let mut all = definitions(flake, &built.modules, option);
    all.retain(|definition| definition.certain && within(definition.module));
    all
}

fn line(definition: &Definition, says: &str, text: &str) -> Option<Evidence> {
    let origin = definition
        .binding
        .as_ref()
        .map(|site| &site.origin)
        .or(definition.value.origin.as_ref())?;
    Some(evidence(origin, says, text))
}

fn evidence(origin: &Origin, says: &str, text: &str) -> Evidence {
    Evidence {
        file: origin.file.path.clone(),
        line: origin.line(),
        says: says.to_string(),
        text: text.to_string(),
    }
}

fn lists(flake: &Flake, value: &Value, wanted: &str) -> bool {
    let Kind::List(list) = &value.kind else {
        return false;
    };
    list.items()
        .flatten()
        .any(|item| is_text(&flake.ev.force(item), wanted))
}

fn sets_anything(_: &Flake, value: &Value) -> bool {
    value.as_attrs().is_some_and(|attrs| !attrs.map.is_empty())
}

fn is_true(_: &Flake, value: &Value) -> bool {
    value.as_bool() == Some(true)
}

fn is_text(value: &Value, wanted: &str) -> bool {
    value.as_text().is_some_and(|text| &*text == wanted)
}
