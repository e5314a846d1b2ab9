//! Imports each machine's profile: in its machine file, in the host's own module list where that file is shared with
//! machines of another kind, in a module written in place that no other host has, or else in the host that is made.
//!
//! ```nix
//! { imports = [ ./disk.nix ]; }
//! ```
//! ->
//! ```nix
//! { imports = [ ./disk.nix ./hardware-profiles/cuda.nix ]; }
//! ```

mod extended;

use std::collections::{BTreeMap, BTreeSet};

use super::changes::Placed;
use super::cover::{Addition, Chosen, Cover, Rank, Spot, out_of_reach};
use super::doubt::doubtful_places;
use super::insert_overlay::others;
use super::module_body::{InPlace, body, is_within};
use super::{Applied, Changes, Context, Pass, Subject, style_in};
use crate::diagnostic::Diagnostic;
use crate::eval::value::{Kind, Site};
use crate::flake::Flake;
use crate::flake::machine::{is_generated, is_whole_file};
use crate::flake::model::Built;
use crate::flake::modules::Module;
use crate::flake::overlays::literals;
use crate::path::RepoPath;
use crate::plan::StepKind;
use crate::rewrite::Position;

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
    let machines: BTreeSet<&RepoPath> = context
        .model
        .built()
        .filter_map(|(_, _, built)| built.machine_file.as_ref())
        .filter(|file| {
            !context
                .recipe
                .known_profiles()
                .any(|one| context.layout.profile(&one.name) == **file)
        })
        .collect();
    let in_place = InPlace::of_hosts(context);
    let mut cover = Cover::default();
    let mut wanting = BTreeSet::new();
    for (index, host, built) in context.model.built() {
        let wanted = wanted(changes, context, &host.name, built);
        if wanted.is_some() {
            wanting.insert(index);
        }
        let finder = Finder {
            flake: &context.model.flake,
            host: &host.name,
            built,
            machines: &machines,
            in_place: &in_place,
        };
        for (spot, rank) in finder.places() {
            let addition = wanted
                .as_ref()
                .and_then(|profile| addition(&context.model.flake, &spot, profile));
            cover.offer(index, spot, rank, addition);
        }
        cover.doubt(index, doubtful_places(&context.model.flake, built));
    }
    if !wanting.is_empty() {
        keep_from_others(context, &machines, &in_place, &mut cover);
    }
    let (mut chosen, mut left) = cover.choose(&wanting);
    for choice in extended::places(context, left.keys().copied()) {
        left.retain(|index, _| !choice.hosts.contains(index));
        chosen.push(choice);
    }
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
    for index in wanting.iter().filter(|index| !left.contains_key(index)) {
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

/// What is no host and lacks the overlay, such as an image made of a machine file, must not get its packages.
fn keep_from_others(
    context: &Context,
    machines: &BTreeSet<&RepoPath>,
    in_place: &InPlace,
    cover: &mut Cover,
) {
    let flake = &context.model.flake;
    let wanted: Vec<_> = context.applied().collect();
    let hosts = context.model.hosts().len();
    for (index, other) in context.model.others().iter().enumerate() {
        let has = |overlay: &Applied| others::has(context, other, *overlay);
        if wanted.iter().all(has) {
            continue;
        }
        let finder = Finder {
            flake,
            host: &other.name,
            built: &other.built,
            machines,
            in_place,
        };
        for (spot, rank) in finder.places() {
            cover.offer(hosts + index, spot, rank, None);
        }
        cover.doubt(hosts + index, doubtful_places(flake, &other.built));
    }
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
    let help = format!("add this to its modules:\n{}", file.relative_to(&directory));
    let mut diagnostic = Diagnostic::error("no-profile-place", message).help(help);
    if let Some(site) = site {
        diagnostic = diagnostic.at(site.file().path.clone(), site.range());
    }
    changes.refuse(name, diagnostic);
}

/// Finds the places of one host.
struct Finder<'a> {
    flake: &'a Flake,
    host: &'a str,
    built: &'a Built,
    /// The machine files of all hosts: a host may reach another one's.
    machines: &'a BTreeSet<&'a RepoPath>,
    in_place: &'a InPlace,
}

/// A machine file.
const MACHINE: Rank = Rank::class(0);
/// The host's module list.
const MODULES: Rank = Rank::class(3);
/// A module that is written in place and is this host's alone.
const IN_PLACE: Rank = Rank::class(5);
/// Where the host is bound.
const BOUND: Rank = Rank::class(u8::MAX);

impl Finder<'_> {
    /// Every place that the host goes through.
    fn places(&self) -> Vec<(Spot, Rank)> {
        let mut found = Vec::new();
        let reached = self.built.modules.files();
        let mut machines: Vec<&RepoPath> = reached
            .filter(|file| self.machines.contains(file))
            .collect();
        machines.sort();
        machines.retain(|file| !is_generated(self.flake, file));
        for file in machines {
            if let Some(module) = self.built.modules.of_file(file) {
                self.places_in(module, MACHINE, &mut found);
            }
        }
        for literal in literals(&self.built.modules.list) {
            if self.flake.is_users(&literal.site.origin()) {
                found.push((Spot::List(literal), MODULES));
            }
        }
        if let Some(binding) = &self.built.system.modules.binding
            && let Some(spot) = Spot::concat(binding)
            && self.flake.is_users(&binding.origin())
        {
            found.push((spot, MODULES.worse(1)));
        }
        let is_machine = |module: &Module| {
            let origin = module.origin.as_ref();
            origin.is_some_and(|origin| {
                self.machines.contains(&origin.file.path) && is_whole_file(origin)
            })
        };
        for (module, rank) in self.in_place.of(self.host, self.built) {
            let rank = match is_machine(module) {
                true => MACHINE,
                false => IN_PLACE.behind(rank).after(rank.order),
            };
            self.places_in(module, rank, &mut found);
        }
        found
    }

    fn places_in(&self, module: &Module, rank: Rank, found: &mut Vec<(Spot, Rank)>) {
        let Kind::Attrs(attrs) = &module.value.kind else {
            return;
        };
        let Some(imports) = attrs.map.get("imports") else {
            let set = body(module, attrs).filter(|site| self.flake.is_users(&site.origin()));
            found.extend(set.map(|site| (Spot::Set(site, Position::First), rank.worse(2))));
            return;
        };
        let is_here = |site: &Site| is_within(module, site) && self.flake.is_users(&site.origin());
        let value = self.flake.ev.force(&imports.value);
        let here = literals(&value)
            .into_iter()
            .filter(|literal| is_here(&literal.site));
        found.extend(here.map(|literal| (Spot::List(literal), rank)));
        let binding = imports.binding.as_ref().filter(|site| is_here(site));
        let spot = binding.and_then(Spot::concat);
        found.extend(spot.map(|spot| (spot, rank.worse(1))));
    }
}

/// What is added at `spot`; `None` where that file cannot name the profile.
fn addition(flake: &Flake, spot: &Spot, profile: &RepoPath) -> Option<Addition> {
    if flake.leaves_copy(spot.file(), profile) {
        return None;
    }
    let directory = spot.file().parent().unwrap_or_else(RepoPath::root);
    let path = profile.relative_to(&directory);
    let text = match spot {
        Spot::List(_) | Spot::Concat(_) => path,
        Spot::Value(site) => {
            let style = style_in(flake, site.file());
            let modules = format!("modules = {};", style.brackets(&path));
            format!(".extendModules {}", style.braces(&modules))
        }
        Spot::Set(site, _) => {
            let style = style_in(flake, site.file());
            format!("imports = {};", style.brackets(&path))
        }
    };
    Some(Addition {
        text,
        replaces: None,
        is_module: false,
        scope: None,
    })
}
