//! What there is to say about the hosts' profiles.

use super::Decisions;
use crate::diagnostic::{Diagnostic, Severity};
use crate::eval::value::{Origin, Value};
use crate::flake::hardware::{Judged, Verdict};
use crate::flake::model::{Built, Model};
use crate::pass::{Choice, Layout};
use crate::plan::{Confidence, Evidence};
use crate::recipe::{OPT_IN, Profile, Recipe};

/// More than one profile is imported.
pub(super) fn two_profiles(
    host: &str,
    built: &Built,
    layout: &Layout,
    imported: &[Choice],
) -> Diagnostic {
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
    diagnostic.at_origin(module.and_then(|module| module.origin.as_ref()))
}

/// The host installs the package of its profile by itself.
pub(super) fn variant_installed(judged: &Judged, profile: &Profile, origin: &Origin) -> Diagnostic {
    note(
        judged,
        profile,
        origin,
        "and so does the profile it imports",
    )
    .help("this line can go once the profile is imported")
}

/// The host installs the package of a profile that is not opted in to.
pub(super) fn not_offered(judged: &Judged, profile: &Profile, origin: &Origin) -> Diagnostic {
    let which = format!(
        "whose profile `{}` is one of the advanced ones",
        profile.name
    );
    note(judged, profile, origin, &which).help(format!("to import it, {OPT_IN}"))
}

fn note(judged: &Judged, profile: &Profile, origin: &Origin, which: &str) -> Diagnostic {
    let package = profile.package.as_deref().unwrap_or(&profile.name);
    let message = format!(
        "host `{}` installs `{package}` by itself, {which}",
        judged.host
    );
    Diagnostic::new(Severity::Note, "variant-installed", message)
        .at_origin(Some(origin))
        .host(&judged.host)
}

/// The places that still install nixpkgs' own package beside a profile.
pub(super) fn twice(recipe: &Recipe, decisions: &Decisions, judged: &[Judged]) -> Vec<Diagnostic> {
    let replaced = recipe
        .profiles
        .iter()
        .flat_map(|profiles| &profiles.replaces);
    let replaced: Vec<&String> = replaced.collect();
    let mut places: Vec<(&str, Origin, Vec<&str>)> = Vec::new();
    for judged in judged {
        let packages = judged
            .installed
            .iter()
            .filter(|package| replaced.iter().any(|name| package.name == **name));
        for package in packages {
            let Some(origin) = package.origin() else {
                continue;
            };
            let mut known = places.iter_mut();
            match known.find(|(_, other, _)| other.key() == origin.key()) {
                Some((.., hosts)) => hosts.push(&judged.host),
                None => places.push((&package.name, origin, vec![&judged.host])),
            }
        }
    }
    let warning = |(package, origin, hosts): (&str, Origin, Vec<&str>)| {
        let profile = |host: &&str| decisions.choices.get(*host);
        let named = |host: &&str| Some(format!("`{host}` (profile `{}`)", profile(host)?.profile));
        let named: Vec<String> = hosts.iter().filter_map(named).collect();
        let message = format!(
            "`{package}` of nixpkgs stays installed beside the package of the profile: {}",
            named.join(", ")
        );
        Diagnostic::new(Severity::Warning, "package-twice", message)
            .at_origin(Some(&origin))
            .help("remove it here: both packages have programs of the same names")
    };
    places.into_iter().map(warning).collect()
}
/// The driver is too old for the build that its card speaks for.
pub(super) fn legacy_driver(host: &str, verdict: &Verdict) -> Option<Diagnostic> {
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
/// The evidence contradicts itself: both sides, and the flag that decides.
pub(super) fn contradiction(host: &str, recipe: &Recipe, evidence: &[Evidence]) -> Diagnostic {
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

/// The hosts that get the default for want of evidence, while some of their modules are out of sight.
pub(super) fn out_of_sight(model: &Model, decisions: &Decisions) -> Vec<Diagnostic> {
    let mut unseen: Vec<(&Value, Vec<&str>)> = Vec::new();
    for (_, host, built) in model.built() {
        let is_guess = |choice: &Choice| {
            choice.confidence == Confidence::Default && choice.evidence.is_empty()
        };
        let Some(module) = (built.modules.unknown())
            .filter(|_| decisions.choices.get(&*host.name).is_some_and(is_guess))
        else {
            continue;
        };
        let is_it = |other: &Value| {
            other.describe() == module.describe()
                && other.origin.as_ref().map(Origin::key) == module.origin.as_ref().map(Origin::key)
        };
        match unseen.iter_mut().find(|(other, _)| is_it(other)) {
            Some((_, hosts)) => hosts.push(&host.name),
            None => unseen.push((module, vec![&host.name])),
        }
    }
    let warning = |(module, hosts): (&Value, Vec<&str>)| {
        let named: Vec<String> = hosts.iter().map(|host| format!("`{host}`")).collect();
        let message = format!(
            "some modules are out of sight, and without evidence the default profile is taken for {}: {}",
            named.join(", "),
            module.describe()
        );
        Diagnostic::new(Severity::Warning, "modules-out-of-sight", message)
            .at_origin(module.origin.as_ref())
            .help(format!(
                "say which profile it is with --profile {}=NAME",
                hosts[0]
            ))
    };
    unseen.into_iter().map(warning).collect()
}
