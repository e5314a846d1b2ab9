//! The last resort: the overlay as a binding of a module, where a framework makes the module list and no list of overlays
//! is written anywhere.
//!
//! ```nix
//! { nixpkgs.config.allowUnfree = true; }
//! ```
//! ->
//! ```nix
//! { nixpkgs.overlays = [ (import ./overlay.nix { inherit inputs; }) ]; nixpkgs.config.allowUnfree = true; }
//! ```

use super::{Finder, Found};
use crate::eval::value::{Attrs, Kind, Site};
use crate::flake::machine::is_generated;
use crate::flake::modules::{Module, ModuleKey};
use crate::pass::cover::{Addition, Rank, Spot};
use crate::pass::module_body::body;
use crate::pass::style_in;
use crate::rewrite::Position;

/// A module that sets something of `nixpkgs` already is where a reader looks for overlays.
const KINDRED: Rank = Rank::class(3);
const MACHINE: Rank = Rank::class(4);

impl Finder<'_> {
    /// The places in module files that the host reaches under every condition, and in modules written in place that are
    /// this host's alone.
    pub(super) fn file_places(&self, found: &mut Vec<Found>) {
        let is_file = |module: &&Module| matches!(module.key, ModuleKey::File(_));
        let certain = self
            .built
            .modules
            .all
            .iter()
            .filter(|module| module.certain);
        for module in certain.filter(is_file) {
            found.extend(self.place(module));
        }
        for (module, order) in self.of_hosts.in_place.of(self.host, self.built) {
            let place = self.place(module);
            found.extend(place.map(|(spot, rank, item)| (spot, rank.behind(order), item)));
        }
    }

    fn place(&self, module: &Module) -> Option<Found> {
        let Kind::Attrs(attrs) = &module.value.kind else {
            return None;
        };
        let (spot, prefix, rank) = self
            .place_in(module, attrs)
            .filter(|_| self.is_free(module))?;
        let addition = self.binding(&spot, prefix);
        Some((spot, rank, addition))
    }

    /// Whether the module is the user's to edit and sets no overlays yet.
    fn is_free(&self, module: &Module) -> bool {
        let file = match (&module.key, &module.origin) {
            (ModuleKey::File(file), _) => file,
            (_, Some(origin)) => &origin.file.path,
            (_, None) => return false,
        };
        let overlays = self
            .flake
            .ev
            .get_path(&module.value, &["nixpkgs", "overlays"]);
        overlays.is_none() && !crate::eval::is_own(file) && !is_generated(self.flake, file)
    }

    fn place_in(&self, module: &Module, attrs: &Attrs) -> Option<(Spot, &'static str, Rank)> {
        let is_machine = match &module.key {
            ModuleKey::File(file) => self.of_hosts.machines.contains(file),
            _ => true,
        };
        let nixpkgs = attrs.map.get("nixpkgs");
        let long = attrs.map.contains_key("config") || attrs.map.contains_key("options");
        // Most modules are told by this, and where their set stands has to be looked for.
        if long || (nixpkgs.is_none() && !is_machine) {
            return None;
        }
        let whole = body(module, attrs)?;
        let Some(nixpkgs) = nixpkgs else {
            return Some((first_of(whole), "nixpkgs.", MACHINE));
        };
        let Kind::Attrs(set) = self.flake.ev.force(&nixpkgs.value).kind else {
            return None;
        };
        match set.literals.as_slice() {
            _ if set.map.contains_key("_type") => None,
            [] => Some((first_of(whole), "nixpkgs.", KINDRED)),
            [literal] if is_inside(literal, &whole) => {
                Some((first_of(literal.clone()), "", KINDRED))
            }
            _ => None,
        }
    }

    fn binding(&self, spot: &Spot, prefix: &str) -> Option<Addition> {
        let Spot::Set(site, _) = spot else {
            return None;
        };
        let mut item = self.item(&site.env, site.file())?;
        let style = style_in(self.flake, site.file());
        item.text = format!("{prefix}overlays = {};", style.brackets(&item.text));
        Some(item)
    }
}

fn first_of(set: Site) -> Spot {
    Spot::Set(set, Position::First)
}

/// Whether a set is written inside another, so that it is the module's own.
fn is_inside(inner: &Site, outer: &Site) -> bool {
    let (inside, around) = (inner.range(), outer.range());
    inner.file().path == outer.file().path && around.start < inside.start && inside.end < around.end
}
