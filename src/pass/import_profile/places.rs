//! The places where a host can import its profile.

use super::{Left, Wanting};
use crate::eval::value::{Kind, Site};
use crate::flake::Flake;
use crate::flake::machine::{is_generated, is_whole_file};
use crate::flake::model::Built;
use crate::flake::modules::Module;
use crate::flake::overlays::literals;
use crate::pass::cover::{Addition, Chosen, Cover, Rank, Spot};
use crate::pass::doubt::doubtful_places;
use crate::pass::insert_overlay::others;
use crate::pass::module_body::{OfHosts, body, encloses, is_within};
use crate::pass::{Applied, Context, style_in};
use crate::path::RepoPath;
use crate::rewrite::Position;

/// A machine file.
const MACHINE: Rank = Rank::class(0);
/// The host's module list.
const MODULES: Rank = Rank::class(3);
/// A module that is written in place.
pub(super) const IN_PLACE: Rank = Rank::class(5);
/// Where the host is bound.
pub(super) const BOUND: Rank = Rank::class(u16::MAX);

/// The places of all hosts.
pub(super) struct Places<'a> {
    context: &'a Context<'a>,
    of_hosts: OfHosts<'a>,
}

impl<'a> Places<'a> {
    /// Those of the newest model.
    pub fn of(context: &'a Context<'a>) -> Places<'a> {
        let recipe = context.recipe;
        let is_profile = |file: &RepoPath| {
            recipe
                .known_profiles()
                .any(|one| context.layout.profile(&one.name) == *file)
        };
        let mut of_hosts = OfHosts::of(context);
        of_hosts.machines.retain(|file| !is_profile(file));
        Places { context, of_hosts }
    }

    /// Which of the places that `find` finds to use, so that those of `wanting` get their profiles and nothing else does.
    pub fn choose(
        &self,
        wanting: &Wanting,
        find: &dyn Fn(&Finder) -> Vec<(Spot, Rank)>,
    ) -> (Vec<Chosen>, Left) {
        let flake = &self.context.model.flake;
        let mut cover = Cover::default();
        for (index, host, built) in self.context.model.built() {
            let profile = wanting.get(&index);
            for (spot, rank) in find(&self.finder(&host.name, built)) {
                let addition = profile.and_then(|profile| addition(flake, &spot, profile));
                cover.offer(index, spot, rank, addition);
            }
            cover.doubt(index, doubtful_places(flake, built));
        }
        self.keep_from_others(&mut cover, find);
        cover.choose_own(self.context, &wanting.keys().copied().collect())
    }

    /// What is no host and lacks the overlay, such as an image made of a machine file, must not get its packages; what
    /// is no NixOS may not even have such an option.
    fn keep_from_others(&self, cover: &mut Cover, find: &dyn Fn(&Finder) -> Vec<(Spot, Rank)>) {
        let context = self.context;
        let wanted: Vec<_> = context.applied().collect();
        let hosts = context.model.hosts().len();
        for (index, other) in context.model.others().iter().enumerate() {
            let has = |overlay: &Applied| others::has(context, other, *overlay);
            if !other.is_foreign && wanted.iter().all(has) {
                continue;
            }
            for (spot, rank) in find(&self.finder(&other.name, &other.built)) {
                cover.offer(hosts + index, spot, rank, None);
            }
            let doubtful = doubtful_places(&context.model.flake, &other.built);
            cover.doubt(hosts + index, doubtful);
        }
    }

    fn finder<'b>(&'b self, host: &'b str, built: &'b Built) -> Finder<'b> {
        Finder {
            flake: &self.context.model.flake,
            host,
            built,
            of_hosts: &self.of_hosts,
        }
    }
}

/// Finds the places of one host.
pub(super) struct Finder<'a> {
    flake: &'a Flake,
    host: &'a str,
    built: &'a Built,
    of_hosts: &'a OfHosts<'a>,
}

impl Finder<'_> {
    /// Every place that may be the host's own.
    pub fn own(&self) -> Vec<(Spot, Rank)> {
        let mut found = Vec::new();
        let reached = self.built.modules.files();
        let mut machines: Vec<&RepoPath> = reached
            .filter(|file| self.of_hosts.machines.contains(file))
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
                self.of_hosts.machines.contains(&origin.file.path) && is_whole_file(origin)
            })
        };
        for (module, rank) in self.of_hosts.in_place.of(self.host, self.built) {
            let rank = match is_machine(module) {
                true => MACHINE,
                false => IN_PLACE.behind(rank).after(rank.order),
            };
            self.places_in(module, rank, &mut found);
        }
        found
    }

    /// Every place in modules written in place that it shares with other hosts.
    pub fn shared(&self) -> Vec<(Spot, Rank)> {
        let mut found = Vec::new();
        for (module, rank) in self.of_hosts.in_place.shared(self.host, self.built) {
            let rank = IN_PLACE.behind(rank).after(rank.order);
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
        let binding = imports.binding.as_ref().filter(|site| is_here(site));
        let value = self.flake.ev.force(&imports.value);
        let here = literals(&value)
            .into_iter()
            .filter(|literal| is_here(&literal.site));
        // A list with a name of its own may be used for more: `disabledModules`, the imports of a specialisation.
        let rank_of = |list: &Site| match binding {
            Some(binding) if !encloses(&binding.origin(), list) => rank.worse(2),
            _ => rank,
        };
        found.extend(here.map(|list| {
            let rank = rank_of(&list.site);
            (Spot::List(list), rank)
        }));
        let spot = binding.and_then(Spot::concat);
        found.extend(spot.map(|spot| (spot, rank.worse(1))));
    }
}

/// What is added at `spot`; `None` where that file cannot name the profile.
pub(super) fn addition(flake: &Flake, spot: &Spot, profile: &RepoPath) -> Option<Addition> {
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
