//! Deciding each host's profile: the user's word, else a profile it imports already, else the one whose package it
//! installs by itself, else the evidence, else the default.

mod said;

use std::collections::{BTreeMap, BTreeSet};

use self::said::{
    contradiction, legacy_driver, not_offered, out_of_sight, twice, two_profiles, variant_installed,
};
use super::{Confidence, Evidence};
use crate::diagnostic::Diagnostic;
use crate::eval::value::Origin;
use crate::flake::hardware::{self, Inquiry, Installed, Judged, Verdict};
use crate::flake::model::{Built, Model};
use crate::pass::{Choice, Layout};
use crate::path::RepoPath;
use crate::recipe::{Profile, Recipe};

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
    let known: Vec<Known> = model
        .built()
        .map(|(_, host, built)| Known::of(recipe, layout, &host.name, built))
        .collect();
    // Hosts are weighed against one another, so that it takes all of them to judge one.
    let inquiry = match known.iter().all(Known::is_enough) {
        true => Inquiry::Packages(&profiles.replaces),
        false => Inquiry::Hardware,
    };
    let judged = hardware::judge(model, inquiry);
    for (((_, host, built), known), judged) in model.built().zip(known).zip(&judged) {
        let name = host.name.to_string();
        if known.given.is_none() && known.imported.len() > 1 {
            let twice = two_profiles(&name, built, layout, &known.imported);
            decisions.undecided.insert(name.clone(), twice);
        }
        if let Some(choice) = known.choice() {
            decisions.choices.insert(name, choice);
            continue;
        }
        if let Some((choice, note)) = installed(recipe, judged) {
            decisions.choices.insert(name, choice);
            decisions.notes.push(note);
            continue;
        }
        // What was not opted in to is not written, so that no host can import it.
        if let Some((profile, origin)) = installed_of(recipe.known_profiles(), judged) {
            decisions.notes.push(not_offered(judged, profile, &origin));
        }
        let verdict = judged.verdict.as_ref();
        let verdict = verdict.expect("it was asked for where something is not known");
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
    agree_on_one_machine(model, &mut decisions.choices);
    decisions.notes.extend(twice(recipe, &decisions, &judged));
    decisions.notes.extend(out_of_sight(model, &decisions));
    decisions
}

/// What is known of a host's profile without looking at its hardware.
struct Known {
    /// What the user says.
    given: Option<Choice>,
    /// What it imports.
    imported: Vec<Choice>,
}

impl Known {
    fn of(recipe: &Recipe, layout: &Layout, host: &str, built: &Built) -> Known {
        let given = recipe.machine(host).map(|machine| Choice {
            profile: machine.profile.clone(),
            confidence: Confidence::Given,
            evidence: Vec::new(),
        });
        let imported = imported(recipe, layout, built);
        Known { given, imported }
    }

    /// Whether the hardware has no say.
    fn is_enough(&self) -> bool {
        self.given.is_some() || !self.imported.is_empty()
    }

    fn choice(self) -> Option<Choice> {
        self.given.or(one_of(self.imported))
    }
}

/// Hosts of one machine file are one machine, built for several systems: one that fell back to the default although its
/// lines speak for the profile of the others gets that profile, so that the file can import it.
fn agree_on_one_machine(model: &Model, choices: &mut BTreeMap<String, Choice>) {
    let mut machines: BTreeMap<&RepoPath, Vec<&str>> = BTreeMap::new();
    for (_, host, built) in model.built() {
        if let Some(file) = &built.machine_file {
            machines.entry(file).or_default().push(&host.name);
        }
    }
    for hosts in machines.values().filter(|hosts| hosts.len() > 1) {
        let claimed = |host: &&str| {
            let choice = choices.get(*host)?;
            (choice.confidence != Confidence::Default).then(|| choice.profile.clone())
        };
        let claims: BTreeSet<String> = hosts.iter().filter_map(claimed).collect();
        let [profile] = claims.iter().collect::<Vec<_>>()[..] else {
            continue;
        };
        for host in hosts {
            if let Some(choice) = choices.get_mut(*host)
                && choice.confidence == Confidence::Default
                && choice.evidence.iter().any(|one| one.says == *profile)
            {
                choice.profile.clone_from(profile);
                choice.confidence = Confidence::Likely;
            }
        }
    }
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

/// The imported profile; of several, the first, with all of them as evidence against each other.
fn one_of(imported: Vec<Choice>) -> Option<Choice> {
    let evidence = imported.iter().flat_map(|choice| choice.evidence.clone());
    let (evidence, several) = (evidence.collect(), imported.len() > 1);
    let mut choice = imported.into_iter().next()?;
    if several {
        choice.confidence = Confidence::Contradictory;
        choice.evidence = evidence;
    }
    Some(choice)
}

/// The profile whose package the host installs by itself: it keeps that variant.
fn installed(recipe: &Recipe, judged: &Judged) -> Option<(Choice, Diagnostic)> {
    let (profile, origin) = installed_of(recipe.choosable_profiles(), judged)?;
    let text = format!("installs `{}`", profile.package.as_deref()?);
    let evidence = vec![Evidence {
        file: origin.file.path.clone(),
        line: origin.line(),
        says: profile.name.clone(),
        text,
    }];
    let choice = Choice {
        profile: profile.name.clone(),
        confidence: Confidence::Certain,
        evidence,
    };
    Some((choice, variant_installed(judged, profile, &origin)))
}

/// The first of `profiles` whose package the host installs by itself, and where.
fn installed_of<'r>(
    mut profiles: impl Iterator<Item = &'r Profile>,
    judged: &Judged,
) -> Option<(&'r Profile, Origin)> {
    profiles.find_map(|profile| {
        let wanted = profile.package.as_deref()?;
        let mut installed = judged.installed.iter();
        let is_it = |package: &Installed| package.name == wanted;
        let place = installed.find_map(|package| is_it(package).then(|| package.origin())?)?;
        Some((profile, place))
    })
}
