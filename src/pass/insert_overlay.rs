//! Adds the overlay to every host, exactly once: to the host's own `nixpkgs.overlays` where there is one, else as a module.
//!
//! ```nix
//! nixpkgs.overlays = [ overlay-stable ];
//! ```
//! ->
//! ```nix
//! nixpkgs.overlays = [ overlay-stable (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
//! ```

mod module_files;
mod others;
mod presence;

use std::collections::{BTreeMap, BTreeSet};

use rnix::ast;

use super::applied::Applied;
use super::changes::Placed;
use super::cover::{Addition, Chosen, Cover, Rank, Spot};
use super::module_body::InPlace;
use super::reach::Reach;
use super::{Changes, Context, Pass, Subject, forbidden, shadow, style_in};
use crate::diagnostic::Diagnostic;
use crate::eval::env::Env;
use crate::eval::value::{Attrs, LiteralList};
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::overlays::{OverlayList, Takes, file_of, literals, sets};
use crate::flake::scope::InputsEntry;
use crate::path::RepoPath;
use crate::plan::StepKind;
use crate::recipe::InputAttribute;
use crate::rewrite::{Position, Style};
use crate::tree::File;

pub(super) use self::others::names;

pub(super) const PASS: Pass = Pass {
    name: "insert-overlay",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.overlay.is_some() || recipe.input_overlay.is_some(),
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    context
        .applied()
        .for_each(|overlay| ensure(changes, context, overlay));
}

/// A list of overlays; the best has one that goes.
const LISTS: Rank = Rank::class(0);
/// The host's module list.
const MODULES: Rank = Rank::class(1);

/// Sees to it that every host has the overlay exactly once.
pub(super) fn ensure(changes: &mut Changes, context: &Context, overlay: Applied) {
    if !declares(changes, context, overlay) {
        return;
    }
    let in_place = InPlace::of_hosts(context);
    let mut cover = Cover::default();
    let mut wanting = BTreeSet::new();
    for (index, host, built) in context.model.built() {
        let excluded = context.excluded.contains(&*host.name);
        let wants = !excluded && presence::is_missing(changes, context, built, &host.name, overlay);
        let wants = wants && !forbidden::refuse_forbidden(changes, context, &host.name, built);
        let wants =
            wants && !shadow::refuse_shadowing(changes, context, &host.name, built, overlay);
        if wants {
            wanting.insert(index);
        }
        let finder = Finder::new(context, &host.name, built, overlay, &in_place);
        for (spot, rank, addition) in finder.places() {
            // Others may use the module as well, and they may not offer what it would take.
            let rank = match addition.as_ref().is_some_and(Addition::needs_formal) {
                true => rank.behind(MODULES),
                false => rank,
            };
            cover.offer(index, spot, rank, addition.filter(|_| wants));
        }
    }
    for (index, other) in others::bereft(changes, context, overlay) {
        wanting.insert(index);
        let finder = Finder::new(context, &other.name, &other.built, overlay, &in_place);
        for (spot, rank, addition) in finder.places() {
            cover.offer(index, spot, rank, addition);
        }
    }
    let (chosen, left) = cover.choose(&wanting);
    let mut by_file: BTreeMap<&RepoPath, BTreeSet<usize>> = BTreeMap::new();
    for choice in &chosen {
        choice.apply(changes);
        if context.is_first(overlay) {
            choice.note(changes, context, Placed::Overlay);
        }
        end_step(changes, context, overlay, choice);
        by_file
            .entry(choice.spot.file())
            .or_default()
            .extend(&choice.hosts);
    }
    for (place, hosts) in by_file {
        changes.done(format!(
            "Apply `{overlay}` to {} in `{place}`",
            names(context, &hosts)
        ));
    }
    for (index, in_the_way) in left {
        match index < context.model.hosts().len() {
            true => refuse(changes, context, index, overlay, &in_the_way, &in_place),
            false => others::refuse(changes, context, index, overlay),
        }
    }
}

fn end_step(changes: &mut Changes, context: &Context, overlay: Applied, chosen: &Chosen) {
    let file = chosen.spot.file().clone();
    let title = format!(
        "Apply `{overlay}` to {} in `{file}`",
        names(context, &chosen.hosts)
    );
    let kind = StepKind::ApplyOverlay {
        overlay: overlay.to_string(),
        file,
        hosts: chosen.host_names(context),
    };
    changes.step(kind, title);
}

/// Whether the flake declares the input that the overlay is an attribute of.
fn declares(changes: &mut Changes, context: &Context, overlay: Applied) -> bool {
    match overlay {
        Applied::Attribute(one) => is_declared(changes, context, &one.attribute),
        Applied::File(..) => true,
    }
}

/// Whether the flake declares the input of what is to be added.
pub(super) fn is_declared(
    changes: &mut Changes,
    context: &Context,
    attribute: &InputAttribute,
) -> bool {
    let input = &attribute.input;
    if context.model.flake.input(input).is_some() {
        return true;
    }
    let message = format!("the flake has no input `{input}`, and `{attribute}` is to be added");
    let help = "declare it, or let the recipe's `[input]` add it";
    changes.say(Diagnostic::error("input-missing", message).help(help));
    false
}

fn refuse(
    changes: &mut Changes,
    context: &Context,
    index: usize,
    overlay: Applied,
    others: &BTreeSet<usize>,
    in_place: &InPlace,
) {
    let model = &context.model.hosts()[index];
    let Ok(built) = &model.built else { return };
    let origin = built.system.origin.as_ref().or(model
        .host
        .binding
        .as_ref()
        .map(|site| &site.origin));
    let directory = origin
        .and_then(|origin| origin.file.path.parent())
        .unwrap_or_else(RepoPath::root);
    let style = Style::of("{ }");
    let import = overlay.expression(&directory, &InputsEntry::Inherit, &style);
    let import = overlay.item(&import);
    let finder = Finder::new(context, &model.host.name, built, overlay, in_place);
    let nameless = finder
        .places()
        .iter()
        .all(|(_, _, addition)| addition.is_none());
    let (why, help) = match &built.overlays.takes {
        Takes::PackageSet { why } => (
            format!(": {why}"),
            format!("add this to the overlays of its package set:\n{import}"),
        ),
        Takes::Modules if nameless => (
            ": where its modules and overlays are written, the flake's inputs have no name"
                .to_string(),
            format!(
                "pass `inputs` on to there, then add this to its modules:\n{{ nixpkgs.overlays = [ {import} ]; }}"
            ),
        ),
        Takes::Modules => (
            in_the_way(context, others),
            format!("add this to its modules:\n{{ nixpkgs.overlays = [ {import} ]; }}"),
        ),
    };
    let message =
        format!("no place was found where it alone would get the overlay `{overlay}`{why}");
    let mut diagnostic = Diagnostic::error("no-overlay-place", message).help(help);
    if let Some(origin) = origin {
        diagnostic = diagnostic.at(origin.file.path.clone(), origin.range.clone());
    }
    changes.refuse(&model.host.name, diagnostic);
}

/// Which hosts keep the places of a host from being used.
pub(super) fn in_the_way(context: &Context, others: &BTreeSet<usize>) -> String {
    if others.is_empty() {
        String::new()
    } else {
        format!(": its places serve {} as well", names(context, others))
    }
}

/// Finds the places of one host.
struct Finder<'a> {
    flake: &'a Flake,
    host: &'a str,
    built: &'a Built,
    overlay: Applied<'a>,
    in_place: &'a InPlace,
    /// The old overlays whose place it takes.
    going: &'a [RepoPath],
}

type Found = (Spot, Rank, Option<Addition>);

impl<'a> Finder<'a> {
    fn new(
        context: &Context<'a>,
        host: &'a str,
        built: &'a Built,
        overlay: Applied<'a>,
        in_place: &'a InPlace,
    ) -> Finder<'a> {
        Finder {
            flake: &context.model.flake,
            host,
            built,
            overlay,
            in_place,
            going: context.replaced_by(overlay),
        }
    }
}

impl Finder<'_> {
    /// Every place that the host goes through.
    fn places(&self) -> Vec<Found> {
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
            if self.flake.is_users(&literal.site.origin) {
                let replaces = self.replaced(&literal);
                let rank = replaces.map_or(rank, |_| LISTS);
                let item = self.item(&literal.site.env, &literal.site.origin.file);
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
            let item = self.item(&binding.env, &binding.origin.file);
            let writable = is_written_out(binding) && self.flake.is_users(&binding.origin);
            found.push((
                Spot::Concat(binding.clone()),
                rank.after(1),
                item.filter(|_| writable),
            ));
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
        if !self.flake.is_users(&literal.origin) || set.map.contains_key(name) {
            return None;
        }
        let binding = self
            .expression(&literal.env, &literal.origin.file)
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
            item
        };
        for literal in literals(&self.built.modules.list) {
            if self.flake.is_users(&literal.site.origin) {
                let file = literal.site.origin.file.clone();
                let item = self
                    .item(&literal.site.env, &file)
                    .map(|item| module(item, &file));
                found.push((Spot::List(literal), MODULES, item));
            }
        }
        if let Some(binding) = &self.built.system.modules.binding
            && is_written_out(binding)
            && self.flake.is_users(&binding.origin)
        {
            let file = &binding.origin.file;
            let item = self.item(&binding.env, file).map(|item| module(item, file));
            found.push((Spot::Concat(binding.clone()), MODULES.after(1), item));
        }
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
            flake: self.flake,
            built: self.built,
        };
        let (entry, scope) = reach.anywhere(self.overlay.input(), env, file)?;
        let directory = file.path.parent().unwrap_or_else(RepoPath::root);
        let style = style_in(self.flake, file);
        Some(Addition {
            text: self.overlay.expression(&directory, &entry, &style),
            replaces: None,
            scope,
        })
    }
}

/// Whether the binding is a `name = value;`, not a name in an `inherit`.
pub(super) fn is_written_out(binding: &crate::eval::value::Site) -> bool {
    let root = binding.origin.file.root().ok();
    root.and_then(|root| {
        crate::syntax::node_at::<ast::AttrpathValue>(root, binding.origin.range.clone())
    })
    .is_some()
}
