//! Deciding each host's profile: the user's word, else a profile it imports already, else the evidence, else the default.

use std::collections::BTreeMap;

use super::{Confidence, Evidence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flake::hardware;
use crate::flake::model::{Built, Model};
use crate::pass::{Choice, Layout};
use crate::recipe::{Recipe, suggest};

/// The profile of each host, and the hosts for which nixfix must ask.
pub(super) fn decide(
    model: &Model,
    recipe: &Recipe,
    layout: &Layout,
) -> (BTreeMap<String, Choice>, BTreeMap<String, Diagnostic>) {
    let (mut choices, mut undecided) = (BTreeMap::new(), BTreeMap::new());
    let Some(profiles) = &recipe.profiles else { return (choices, undecided) };
    for (_, host, built) in model.built() {
        let name = host.name.to_string();
        if let Some(machine) = recipe.machine(&name) {
            let profile = machine.profile.clone();
            choices.insert(name, Choice { profile, confidence: Confidence::Given, evidence: Vec::new() });
            continue;
        }
        if let Some(choice) = imported(recipe, layout, built) {
            choices.insert(name, choice);
            continue;
        }
        let verdict = hardware::judge(&model.flake, built);
        if verdict.confidence == Confidence::Contradictory {
            undecided.insert(name.clone(), contradiction(&name, recipe, &verdict.evidence));
        }
        let known = |profile: &String| recipe.choosable_profiles().any(|one| one.name == *profile);
        let (profile, confidence) = match verdict.profile.filter(known) {
            Some(profile) => (profile, verdict.confidence),
            None if verdict.confidence == Confidence::Contradictory => {
                (profiles.default.clone(), Confidence::Contradictory)
            }
            None => (profiles.default.clone(), Confidence::Default),
        };
        choices.insert(name, Choice { profile, confidence, evidence: verdict.evidence });
    }
    (choices, undecided)
}

/// The profile that the host imports already.
fn imported(recipe: &Recipe, layout: &Layout, built: &Built) -> Option<Choice> {
    recipe.known_profiles().find_map(|profile| {
        let path = layout.profile(&profile.name);
        let module = built.modules.of_file(&path)?;
        let evidence = module.origin.iter().map(|origin| Evidence {
            file: origin.file.path.clone(),
            line: origin.line(),
            says: profile.name.clone(),
            text: format!("imports `{path}`"),
        });
        let evidence = evidence.collect();
        Some(Choice { profile: profile.name.clone(), confidence: Confidence::Certain, evidence })
    })
}

fn contradiction(host: &str, recipe: &Recipe, evidence: &[Evidence]) -> Diagnostic {
    let lines: Vec<String> =
        evidence.iter().map(|one| format!("{}: {}:{}: {}", one.says, one.file, one.line, one.text)).collect();
    let message = "its configuration speaks for more than one profile".to_string();
    let names: Vec<_> = recipe.choosable_profiles().map(|profile| profile.name.as_str()).collect();
    let help = format!("{}\nsay which with --profile {host}=NAME, one of {}", lines.join("\n"), names.join(", "));
    let diagnostic = Diagnostic::error("profile-contradictory", message).host(host).help(help);
    match evidence.first() {
        Some(first) => diagnostic.in_file(first.file.clone()),
        None => diagnostic,
    }
}

/// What is wrong with profiles that were given for hosts the flake does not have.
pub(super) fn unknown_machines(model: &Model, recipe: &Recipe) -> Vec<Diagnostic> {
    let hosts: Vec<&str> = model.flake.hosts.iter().map(|host| &*host.name).collect();
    let mut flaws = Vec::new();
    for machine in recipe.machines.iter().filter(|machine| !hosts.contains(&machine.host.as_str())) {
        // A host out of sight may be the one that is meant.
        let severity = if model.flake.hidden_hosts.is_some() { Severity::Warning } else { Severity::Error };
        let message = format!("the flake has no host `{}`", machine.host);
        let mut diagnostic = Diagnostic::new(severity, "host-unknown", message);
        diagnostic.place.clone_from(&machine.place);
        let help = suggest::did_you_mean(&machine.host, &hosts);
        flaws.push(diagnostic.help(help.unwrap_or_else(|| format!("its hosts are {}", hosts.join(", ")))));
    }
    flaws
}
