//! Imports each machine's profile: in its machine file, in the host's own module list where that file is shared with
//! machines of another kind, in a module written in place that no other host has, in the host that is made, or else in a
//! module written in place that only hosts of the same profile share.
//!
//! ```nix
//! { imports = [ ./disk.nix ]; }
//! ```
//! ->
//! ```nix
//! { imports = [ ./disk.nix ./hardware-profiles/cuda.nix ]; }
//! ```

mod extended;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use self::places::{IN_PLACE, Places};
use super::changes::Placed;
use super::cover::{Chosen, by_hand, out_of_reach};
use super::{Changes, Context, Pass, Subject};
use crate::diagnostic::Diagnostic;
use crate::flake::model::Built;
use crate::path::RepoPath;
use crate::plan::StepKind;

/// The profile files that hosts, by number, still lack.
type Wanting = BTreeMap<usize, RepoPath>;
/// The hosts that no place serves, each with those that are in the way at its best one.
type Left = BTreeMap<usize, BTreeSet<usize>>;

pub(super) const PASS: Pass = Pass {
    name: "import-profile",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.profiles.is_some(),
    by_earlier: true,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    if context.recipe.profiles.is_none() {
        return;
    }
    let mut wanting = BTreeMap::new();
    for (index, host, built) in context.model.built() {
        let profile = wanted(changes, context, &host.name, built);
        wanting.extend(profile.map(|profile| (index, profile)));
    }
    if wanting.is_empty() {
        return;
    }
    let (chosen, left) = choose(context, &wanting);
    // A module written in place that was added since may be a place, if no better one is left.
    if !left.is_empty() || chosen.iter().any(|choice| choice.rank >= IN_PLACE) {
        context.model.outdate_by_modules();
    }
    for choice in &chosen {
        choice.apply(changes, context);
        choice.note(changes, context, Placed::Profile);
        end_step(changes, context, choice);
    }
    let mut by_profile: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for index in wanting.keys().filter(|index| !left.contains_key(index)) {
        let name = &*context.model.hosts()[*index].host.name;
        by_profile
            .entry(&context.choices[name].profile)
            .or_default()
            .push(name);
    }
    for (profile, hosts) in by_profile {
        let hosts: Vec<_> = hosts.iter().map(|host| format!("`{host}`")).collect();
        changes.done(format!(
            "Import the profile `{profile}` in {}",
            hosts.join(", ")
        ));
    }
    for (index, others) in left {
        refuse(changes, context, index, &others);
    }
}

/// The places for the profiles of these hosts, and the hosts that none serves, each with those that are in the way.
fn choose(context: &Context, wanting: &Wanting) -> (Vec<Chosen>, Left) {
    let places = Places::of(context);
    let (mut chosen, mut left) = places.choose(wanting, &|finder| finder.own());
    let mut take = |choices: Vec<Chosen>, left: &mut Left| {
        for choice in choices {
            left.retain(|index, _| !choice.hosts.contains(index));
            chosen.push(choice);
        }
    };
    let made = extended::places(context, left.keys().copied());
    take(made, &mut left);
    if !left.is_empty() {
        let mut wanting = wanting.clone();
        wanting.retain(|index, _| left.contains_key(index));
        let (shared, _) = places.choose(&wanting, &|finder| finder.shared());
        take(shared, &mut left);
    }
    (chosen, left)
}

fn end_step(changes: &mut Changes, context: &Context, chosen: &Chosen) {
    let hosts = chosen.host_names(context);
    let Some(choice) = hosts.first().and_then(|host| context.choices.get(host)) else {
        return;
    };
    let file = chosen.spot.file().clone();
    let names: Vec<_> = hosts.iter().map(|host| format!("`{host}`")).collect();
    let title = format!(
        "Import the profile `{}` for {} in `{file}`",
        choice.profile,
        names.join(", ")
    );
    let profile = choice.profile.clone();
    changes.step(
        StepKind::ImportProfile {
            profile,
            file,
            hosts,
        },
        title,
    );
}

/// The profile file that the host still lacks.
fn wanted(changes: &mut Changes, context: &Context, host: &str, built: &Built) -> Option<RepoPath> {
    let choice = context
        .choices
        .get(host)
        .filter(|_| !context.excluded.contains(host))?;
    let file = context.layout.profile(&choice.profile);
    let others = context
        .recipe
        .known_profiles()
        .filter(|profile| profile.name != choice.profile);
    for other in others {
        let path = context.layout.profile(&other.name);
        if let Some(module) = built.modules.of_file(&path) {
            let message = format!(
                "it imports the profile `{}`, but it is to get `{}`",
                other.name, choice.profile
            );
            let diagnostic = Diagnostic::error("profile-conflict", message)
                .at_origin(module.origin.as_ref())
                .help(format!(
                    "remove that import, or keep it with --profile {host}={}",
                    other.name
                ));
            changes.refuse(host, diagnostic);
            return None;
        }
    }
    match built.modules.of_file(&file) {
        None => Some(file),
        Some(module) if module.certain => None,
        Some(_) => {
            let message = format!("it imports the profile `{file}` under a condition only");
            changes.refuse(
                host,
                Diagnostic::error("profile-conditional", message)
                    .help("import it without condition"),
            );
            None
        }
    }
}

fn refuse(changes: &mut Changes, context: &Context, index: usize, others: &BTreeSet<usize>) {
    let model = &context.model.hosts()[index];
    let name = &*model.host.name;
    let file = context.layout.profile(&context.choices[name].profile);
    let site = model.host.binding.as_ref();
    let directory = site
        .and_then(|site| site.file().path.parent())
        .unwrap_or_else(RepoPath::root);
    let why = match &model.built {
        Ok(built) => out_of_reach(context, built, &file, others),
        Err(_) => String::new(),
    };
    let message =
        format!("no place was found where it alone would import the profile `{file}`{why}");
    let help = by_hand(context, others, &file.relative_to(&directory));
    let mut diagnostic = Diagnostic::error("no-profile-place", message).help(help);
    if let Some(site) = site {
        diagnostic = diagnostic.at(site.file().path.clone(), site.range());
    }
    changes.refuse(name, diagnostic);
}
