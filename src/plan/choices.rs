//! Deciding each host's profile: the user's word, else a profile it imports already, else the one whose package it
//! installs by itself, else the evidence, else the default.

use std::collections::BTreeMap;

use super::{Confidence, Evidence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flake::hardware::{self, Installed, Judged, Verdict};
use crate::flake::model::{Built, Model};
use crate::pass::{Choice, Layout};
use crate::recipe::{Recipe, suggest};

/// What was decided for the hosts.
#[derive(Default)]
pub(super) struct Decisions {
    /// The profile that each host is to import.
    pub choices: BTreeMap<String, Choice>,
    /// The hosts for which the user must decide.
    pub undecided: BTreeMap<String, Diagnostic>,
    /// What else there is to say.
    pub notes: Vec<Diagnostic>,
}

/// Decides the profile of every host.
pub(super) fn decide(model: &Model, recipe: &Recipe, layout: &Layout) -> Decisions {
    let mut decisions = Decisions::default();
    let Some(profiles) = &recipe.profiles else {
        return decisions;
    };
    let judged = hardware::judge(model);
    for ((_, host, built), judged) in model.built().zip(&judged) {
        let name = host.name.to_string();
        let given = recipe.machine(&name).map(|machine| Choice {
            profile: machine.profile.clone(),
            confidence: Confidence::Given,
            evidence: Vec::new(),
        });
        let imported = imported(recipe, layout, built);
        if given.is_none() && imported.len() > 1 {
            decisions
                .undecided
                .insert(name.clone(), two_profiles(&name, built, layout, &imported));
        }
        if let Some(choice) = given.or(imported.into_iter().next()) {
            decisions.choices.insert(name, choice);
            continue;
        }
        if let Some((choice, note)) = installed(recipe, judged) {
            decisions.choices.insert(name, choice);
            decisions.notes.push(note);
            continue;
        }
        let verdict = &judged.verdict;
        if verdict.confidence == Confidence::Contradictory {
            decisions.undecided.insert(
                name.clone(),
                contradiction(&name, recipe, &verdict.evidence),
            );
        }
        decisions.notes.extend(legacy_driver(&name, verdict));
        decisions
            .choices
            .insert(name, by_hardware(recipe, &profiles.default, verdict));
    }
    decisions.notes.extend(twice(recipe, &decisions, &judged));
    decisions
}

/// The profile that the verdict names, else the one for the CPU, else the default.
fn by_hardware(recipe: &Recipe, default: &str, verdict: &Verdict) -> Choice {
    let known = |profile: &&str| recipe.choosable_profiles().any(|one| one.name == *profile);
    let evidence = verdict.evidence.clone();
    let found = verdict.profile.filter(known);
    let contradictory = verdict.confidence == Confidence::Contradictory;
    // A build for the CPU is better than one for any CPU, but worse than one for a graphics card.
    if let (true, Some((profile, because))) = (
        !contradictory && found.is_none_or(|found| found == default),
        &verdict.cpu,
    ) && known(profile)
    {
        let evidence = std::iter::once(because.clone()).chain(evidence).collect();
        return Choice {
            profile: (*profile).to_string(),
            confidence: Confidence::Likely,
            evidence,
        };
    }
    let confidence = match found {
        None if !contradictory => Confidence::Default,
        _ => verdict.confidence,
    };
    Choice {
        profile: found.unwrap_or(default).to_string(),
        confidence,
        evidence,
    }
}

/// The profiles that the host imports already.
fn imported(recipe: &Recipe, layout: &Layout, built: &Built) -> Vec<Choice> {
    let imported = recipe.known_profiles().filter_map(|profile| {
        let path = layout.profile(&profile.name);
        let module = built.modules.of_file(&path)?;
        let evidence = module.origin.iter().map(|origin| Evidence {
            file: origin.file.path.clone(),
            line: origin.line(),
            says: profile.name.clone(),
            text: format!("imports `{path}`"),
        });
        let evidence = evidence.collect();
        Some(Choice {
            profile: profile.name.clone(),
            confidence: Confidence::Certain,
            evidence,
        })
    });
    imported.collect()
}

fn two_profiles(host: &str, built: &Built, layout: &Layout, imported: &[Choice]) -> Diagnostic {
    let names: Vec<_> = imported
        .iter()
        .map(|choice| format!("`{}`", choice.profile))
        .collect();
    let message = format!("it imports more than one profile: {}", names.join(", "));
    let lines = imported.iter().flat_map(|choice| &choice.evidence);
    let lines: Vec<_> = lines
        .map(|one| format!("{}:{}: {}", one.file, one.line, one.text))
        .collect();
    let help = format!("{}\nremove all of these imports but one", lines.join("\n"));
    let diagnostic = Diagnostic::error("profiles-twice", message)
        .host(host)
        .help(help);
    let module = imported
        .last()
        .and_then(|choice| built.modules.of_file(&layout.profile(&choice.profile)));
    match module.and_then(|module| module.origin.as_ref()) {
        Some(origin) => diagnostic.at(origin.file.path.clone(), origin.range.clone()),
        None => diagnostic,
    }
}

/// The profile whose package the host installs by itself: it keeps that variant.
fn installed(recipe: &Recipe, judged: &Judged) -> Option<(Choice, Diagnostic)> {
    let (profile, package) = recipe.known_profiles().find_map(|profile| {
        let wanted = profile.package.as_deref()?;
        Some((
            profile,
            judged
                .installed
                .iter()
                .find(|package| package.name == wanted)?,
        ))
    })?;
    let (file, text) = (
        package.origin.file.path.clone(),
        format!("installs `{}`", package.name),
    );
    let evidence = vec![Evidence {
        file: file.clone(),
        line: package.origin.line(),
        says: profile.name.clone(),
        text,
    }];
    let message = format!(
        "host `{}` installs `{}` by itself, and so does the profile it imports",
        judged.host, package.name
    );
    let note = Diagnostic::new(Severity::Note, "variant-installed", message)
        .at(file, package.origin.range.clone())
        .host(&judged.host)
        .help("this line can go once the profile is imported");
    Some((
        Choice {
            profile: profile.name.clone(),
            confidence: Confidence::Certain,
            evidence,
        },
        note,
    ))
}

/// The places that still install nixpkgs' own package beside a profile.
fn twice(recipe: &Recipe, decisions: &Decisions, judged: &[Judged]) -> Vec<Diagnostic> {
    let Some(input) = &recipe.input else {
        return Vec::new();
    };
    let mut places: Vec<(&Installed, Vec<&str>)> = Vec::new();
    for judged in judged {
        for package in judged
            .installed
            .iter()
            .filter(|package| package.name == input.name)
        {
            match places
                .iter_mut()
                .find(|(other, _)| other.origin.key() == package.origin.key())
            {
                Some((_, hosts)) => hosts.push(&judged.host),
                None => places.push((package, vec![&judged.host])),
            }
        }
    }
    let warning = |(package, hosts): (&Installed, Vec<&str>)| {
        let profile = |host: &&str| decisions.choices.get(*host);
        let named = |host: &&str| Some(format!("`{host}` (profile `{}`)", profile(host)?.profile));
        let named: Vec<String> = hosts.iter().filter_map(named).collect();
        let message = format!(
            "`{}` of nixpkgs stays installed beside the package of the profile: {}",
            package.name,
            named.join(", ")
        );
        Diagnostic::new(Severity::Warning, "llama-cpp-twice", message)
            .at(
                package.origin.file.path.clone(),
                package.origin.range.clone(),
            )
            .help("remove it here: both packages have programs of the same names")
    };
    places.into_iter().map(warning).collect()
}

fn legacy_driver(host: &str, verdict: &Verdict) -> Option<Diagnostic> {
    let (branch, evidence) = verdict.legacy.as_ref()?;
    let message =
        format!("the NVIDIA driver {branch} of host `{host}` is too old for today's CUDA");
    let help = format!(
        "{}:{}: {}\n--profile {host}=cuda takes the CUDA build all the same",
        evidence.file, evidence.line, evidence.text
    );
    Some(
        Diagnostic::new(Severity::Warning, "nvidia-legacy", message)
            .in_file(evidence.file.clone())
            .host(host)
            .help(help),
    )
}

fn contradiction(host: &str, recipe: &Recipe, evidence: &[Evidence]) -> Diagnostic {
    let lines: Vec<String> = evidence
        .iter()
        .map(|one| format!("{}: {}:{}: {}", one.says, one.file, one.line, one.text))
        .collect();
    let message = "its configuration speaks for more than one profile".to_string();
    let names: Vec<_> = recipe
        .choosable_profiles()
        .map(|profile| profile.name.as_str())
        .collect();
    let help = format!(
        "{}\nsay which with --profile {host}=NAME, one of {}",
        lines.join("\n"),
        names.join(", ")
    );
    let diagnostic = Diagnostic::error("profile-contradictory", message)
        .host(host)
        .help(help);
    match evidence.first() {
        Some(first) => diagnostic.in_file(first.file.clone()),
        None => diagnostic,
    }
}

/// What is wrong with profiles that were given for hosts the flake does not have.
pub(super) fn unknown_machines(model: &Model, recipe: &Recipe) -> Vec<Diagnostic> {
    let hosts: Vec<&str> = model.flake.hosts.iter().map(|host| &*host.name).collect();
    let mut flaws = Vec::new();
    for machine in recipe
        .machines
        .iter()
        .filter(|machine| !hosts.contains(&machine.host.as_str()))
    {
        // A host out of sight may be the one that is meant.
        let severity = if model.flake.hidden_hosts.is_some() {
            Severity::Warning
        } else {
            Severity::Error
        };
        let message = format!("the flake has no host `{}`", machine.host);
        let mut diagnostic = Diagnostic::new(severity, "host-unknown", message);
        diagnostic.place.clone_from(&machine.place);
        let help = suggest::did_you_mean(&machine.host, &hosts);
        flaws.push(
            diagnostic.help(help.unwrap_or_else(|| format!("its hosts are {}", hosts.join(", ")))),
        );
    }
    flaws
}
