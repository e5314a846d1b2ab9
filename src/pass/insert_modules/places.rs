//! The places of one host where a module can be added: its module list, else `imports` of its machine file.

use super::super::applied::selection;
use super::super::cover::{Addition, Rank, Spot};
use super::super::module_body::body;
use super::super::reach::{Named, Reach};
use super::super::style_in;
use crate::eval::value::{Attrs, Kind, Site};
use crate::flake::Flake;
use crate::flake::machine::is_generated;
use crate::flake::model::Built;
use crate::flake::modules::Module;
use crate::flake::overlays::literals;
use crate::flake::scope::Sought;
use crate::path::RepoPath;
use crate::recipe::InputAttribute;
use crate::rewrite::Position;

/// A place in a module list; one in flake.nix comes first.
const LISTS: Rank = Rank::class(0);
/// The list as a whole.
const CONCAT: Rank = Rank::class(1);
/// The machine file.
const IMPORTS: Rank = Rank::class(2);

pub(super) struct Finder<'a> {
    pub flake: &'a Flake,
    pub built: &'a Built,
    pub sought: Sought<'a>,
    pub attribute: &'a InputAttribute,
}

type Found = (Spot, Rank, Option<Addition>);

impl Finder<'_> {
    /// Every place that the host goes through, the better ones with a lower rank.
    pub fn places(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for literal in literals(&self.built.modules.list) {
            if self.flake.is_users(&literal.site.origin()) {
                let item = self.item(&literal.site);
                let rank = LISTS.after(self.elsewhere(&literal.site));
                found.push((Spot::List(literal), rank, item));
            }
        }
        if let Some(binding) = &self.built.system.modules.binding
            && let Some(spot) = Spot::concat(binding)
            && self.flake.is_users(&binding.origin())
        {
            let rank = CONCAT.after(self.elsewhere(binding));
            found.push((spot, rank, self.item(binding)));
        }
        self.machine_places(&mut found);
        found
    }

    fn elsewhere(&self, site: &Site) -> u8 {
        u8::from(site.file().path != self.flake.file.path)
    }

    fn reach(&self) -> Reach<'_> {
        Reach {
            sought: self.sought,
            built: self.built,
        }
    }

    fn item(&self, site: &Site) -> Option<Addition> {
        let named = self.reach().anywhere(&site.env, site.file());
        named.map(|named| self.addition(named))
    }

    fn addition(&self, (entry, scope): Named) -> Addition {
        Addition {
            text: selection(&entry, self.attribute),
            scope,
            replaces: None,
            is_module: false,
        }
    }

    /// Where a framework makes the module list, the machine file is the host's own.
    fn machine_places(&self, found: &mut Vec<Found>) {
        let Some(file) = &self.built.machine_file else {
            return;
        };
        let module = self.built.modules.of_file(file).filter(|one| one.certain);
        if let Some(module) = module
            && let Kind::Attrs(attrs) = &module.value.kind
            && !is_generated(self.flake, file)
        {
            self.imports_places(module, attrs, file, found);
        }
    }

    fn imports_places(
        &self,
        module: &Module,
        attrs: &Attrs,
        file: &RepoPath,
        found: &mut Vec<Found>,
    ) {
        let import = |site: &Site| {
            let (env, file) = (&site.env, site.file());
            let named = self.reach().in_imports(env, file);
            named.map(|named| self.addition(named))
        };
        let Some(imports) = attrs.map.get("imports") else {
            found.extend(body(module, attrs).map(|site| {
                let style = style_in(self.flake, site.file());
                let addition = import(&site).map(|item| Addition {
                    text: format!("imports = {};", style.brackets(&item.text)),
                    ..item
                });
                (Spot::Set(site, Position::First), IMPORTS, addition)
            }));
            return;
        };
        for literal in literals(&self.flake.ev.force(&imports.value)) {
            if literal.site.file().path == *file {
                let item = import(&literal.site);
                found.push((Spot::List(literal), IMPORTS, item));
            }
        }
    }
}
