//! The places of one host where the overlay can be added: its lists of overlays, else its module list, else a module.

mod module_files;

use super::super::applied::Applied;
use super::super::cover::{Addition, Rank, Spot};
use super::super::module_body::{OfHosts, encloses};
use super::super::reach::Reach;
use super::super::{Context, Latest, style_in};
use crate::eval::env::Env;
use crate::eval::value::{Attrs, LiteralList, Site};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::overlays::{OverlayList, Takes, file_of, literals, sets};
use crate::path::RepoPath;
use crate::rewrite::Position;
use crate::tree::File;

/// A list of overlays; the best has one that goes.
const LISTS: Rank = Rank::class(0);
/// The host's module list.
pub(super) const MODULES: Rank = Rank::class(1);

/// Finds the places of one host.
pub(super) struct Finder<'a> {
    model: &'a Latest<'a>,
    flake: &'a Flake,
    host: &'a str,
    built: &'a Built,
    overlay: Applied<'a>,
    of_hosts: &'a OfHosts<'a>,
    /// The old overlays whose place it takes.
    going: &'a [RepoPath],
}

pub(super) type Found = (Spot, Rank, Option<Addition>);

impl<'a> Finder<'a> {
    pub fn new(
        context: &Context<'a>,
        host: &'a str,
        built: &'a Built,
        overlay: Applied<'a>,
        of_hosts: &'a OfHosts<'a>,
    ) -> Finder<'a> {
        Finder {
            model: context.model,
            flake: &context.model.flake,
            host,
            built,
            overlay,
            of_hosts,
            going: context.replaced_by(overlay),
        }
    }
}

impl Finder<'_> {
    /// Every place that the host goes through.
    pub fn places(&self) -> Vec<Found> {
        let only_package_set = matches!(self.built.overlays.takes, Takes::PackageSet { .. });
        let mut found = Vec::new();
        for list in &self.built.overlays.lists {
            if list.of_package_set || !only_package_set {
                self.places_in(list, &mut found);
            }
        }
        if !only_package_set {
            self.module_places(&mut found);
            self.file_places(&mut found);
        }
        found
    }

    fn places_in(&self, list: &OverlayList, found: &mut Vec<Found>) {
        let rank = LISTS.after(1 + u8::from(list.file.is_some()) * 2);
        for literal in literals(&list.value) {
            if self.flake.is_users(&literal.site.origin()) {
                let replaces = self.replaced(&literal);
                let rank = replaces.map_or(rank, |_| LISTS);
                let item = self.item(&literal.site.env, literal.site.file());
                let item = item.filter(|_| list.certain);
                found.push((
                    Spot::List(literal),
                    rank,
                    item.map(|item| Addition { replaces, ..item }),
                ));
            }
        }
        let attributes = sets(&list.value).iter();
        found.extend(attributes.filter_map(|set| {
            let (spot, binding) = self.attribute_of(set)?;
            Some((spot, rank.after(1), binding.filter(|_| list.certain)))
        }));
        if let (Some(binding), true) = (&list.binding, list.direct && list.certain) {
            let spot = Spot::concat(binding).filter(|_| self.flake.is_users(&binding.origin()));
            let item = self.item(&binding.env, binding.file());
            found.extend(spot.map(|spot| (spot, rank.after(1), item)));
        }
    }

    /// The index of the item that is an overlay that goes.
    fn replaced(&self, literal: &LiteralList) -> Option<usize> {
        literal.items.iter().position(|item| {
            let value = self.flake.ev.force(item);
            file_of(&value).is_some_and(|file| self.going.contains(file))
        })
    }

    /// One more attribute of a set whose values are listed.
    fn attribute_of(&self, set: &Attrs) -> Option<(Spot, Option<Addition>)> {
        let literal = set.literals.last()?;
        let name = self.overlay.name()?;
        if !self.flake.is_users(&literal.origin()) || set.map.contains_key(name) {
            return None;
        }
        let binding = self
            .expression(&literal.env, literal.file())
            .map(|whole| Addition {
                text: format!("{name} = {};", whole.text),
                ..whole
            });
        Some((Spot::Set(literal.clone(), Position::Last), binding))
    }

    /// A module of its own, in the host's module list.
    fn module_places(&self, found: &mut Vec<Found>) {
        let module = |mut item: Addition, file: &File| {
            let style = style_in(self.flake, file);
            item.text = style.braces(&format!(
                "nixpkgs.overlays = {};",
                style.brackets(&item.text)
            ));
            item.is_module = true;
            item
        };
        for literal in literals(&self.built.modules.list) {
            if self.flake.is_users(&literal.site.origin()) {
                let file = literal.site.file().clone();
                let item = self.item(&literal.site.env, &file);
                let item = item
                    .filter(|_| !self.is_imported_too(&literal.site))
                    .map(|item| module(item, &file));
                found.push((Spot::List(literal), MODULES, item));
            }
        }
        if let Some(binding) = &self.built.system.modules.binding
            && let Some(spot) = Spot::concat(binding)
            && self.flake.is_users(&binding.origin())
        {
            let file = binding.file();
            let item = self.item(&binding.env, file).map(|item| module(item, file));
            found.push((spot, MODULES.after(1), item));
        }
    }

    /// Whether what is in a list that the host is made of is imported by one of its modules as well. Files that are there
    /// twice count once, but not a module that is written in the list.
    fn is_imported_too(&self, list: &Site) -> bool {
        let call = self.built.system.origin.as_ref();
        // Nothing else sees a list that is written where the host is made.
        if call.is_some_and(|call| encloses(call, list)) {
            return false;
        }
        let mut imports = self.built.modules.all.iter().filter_map(|module| {
            let imports = module.value.as_attrs()?.map.get("imports")?;
            Some(literals(&self.flake.ev.force(&imports.value)))
        });
        imports.any(|lists| {
            lists
                .iter()
                .any(|one| one.site.origin().key() == list.origin().key())
        })
    }

    /// The overlay as an item of a list that stands in `env`, if the flake's inputs can be named there.
    fn item(&self, env: &Env, file: &File) -> Option<Addition> {
        self.expression(env, file).map(|whole| Addition {
            text: self.overlay.item(&whole.text),
            ..whole
        })
    }

    /// The overlay as an expression.
    fn expression(&self, env: &Env, file: &File) -> Option<Addition> {
        let named = self.overlay.path();
        if named.is_some_and(|path| self.flake.leaves_copy(&file.path, path)) {
            return None;
        }
        let reach = Reach {
            sought: self.model.sought(self.overlay.input()),
            built: self.built,
        };
        let (entry, scope) = reach.anywhere(env, file)?;
        let directory = file.path.parent().unwrap_or_else(RepoPath::root);
        let style = style_in(self.flake, file);
        Some(Addition {
            text: self.overlay.expression(&directory, &entry, &style),
            replaces: None,
            is_module: false,
            scope,
        })
    }
}
