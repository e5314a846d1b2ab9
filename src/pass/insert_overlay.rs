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

use std::collections::{BTreeMap, BTreeSet};

use rnix::ast;

use super::changes::Placed;
use super::cover::{Addition, Cover, Rank, ScopeChange, ScopeKind, Spot};
use super::{Changes, Context, Pass, Subject, forbidden, shadow};
use crate::diagnostic::Diagnostic;
use crate::eval::env::Env;
use crate::eval::value::Attrs;
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::overlays::{OverlayList, Takes, literals, sets};
use crate::flake::scope::{InputsEntry, inputs_entry};
use crate::path::RepoPath;
use crate::recipe::Overlay;
use crate::rewrite::{Position, Style};
use crate::syntax::{range_of, unwrap_parens};
use crate::tree::File;

pub(super) const PASS: Pass = Pass {
    name: "insert-overlay",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.overlay.is_some() || recipe.input_overlay.is_some(),
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    if let Some(overlay) = &context.recipe.overlay {
        ensure(changes, context, overlay);
    }
}

/// A list of overlays.
const LISTS: Rank = Rank::class(0);
/// The host's module list.
const MODULES: Rank = Rank::class(1);

/// Sees to it that every host has the overlay exactly once.
pub(super) fn ensure(changes: &mut Changes, context: &Context, overlay: &Overlay) {
    let file = &context.layout.overlays[&overlay.path];
    let mut cover = Cover::default();
    let mut wanting = BTreeSet::new();
    for (index, host, built) in context.model.built() {
        let excluded = context.excluded.contains(&*host.name);
        let wants = !excluded && is_missing(changes, built, &host.name, file);
        let wants = wants && !forbidden::refuse_forbidden(changes, context, &host.name, built);
        let wants =
            wants && !shadow::refuse_shadowing(changes, context, &host.name, built, overlay);
        if wants {
            wanting.insert(index);
        }
        let finder = Finder {
            flake: &context.model.flake,
            built,
            overlay,
            file,
        };
        for (spot, rank, addition) in finder.places() {
            // Others may use the module as well, and they may not offer what it would take.
            let rank = match addition.as_ref().is_some_and(Addition::needs_formal) {
                true => rank.behind(MODULES),
                false => rank,
            };
            cover.offer(index, spot, rank, addition.filter(|_| wants));
        }
    }
    let (chosen, left) = cover.choose(&wanting);
    let is_first = context.recipe.overlay.as_ref() == Some(overlay);
    let mut by_file: BTreeMap<&RepoPath, BTreeSet<usize>> = BTreeMap::new();
    for choice in &chosen {
        choice.apply(changes);
        if is_first {
            choice.note(changes, context, Placed::Overlay);
        }
        by_file
            .entry(choice.spot.file())
            .or_default()
            .extend(&choice.hosts);
    }
    for (place, hosts) in by_file {
        changes.done(format!(
            "Apply `{file}` to {} in `{place}`",
            names(context, &hosts)
        ));
    }
    for (index, others) in left {
        refuse(changes, context, index, overlay, &others);
    }
}

/// Whether the host has the overlay not yet; a host that has it in some strange way is refused.
fn is_missing(changes: &mut Changes, built: &Built, host: &str, file: &RepoPath) -> bool {
    let found: Vec<_> = built
        .overlays
        .all
        .iter()
        .filter(|overlay| overlay.file() == Some(file))
        .collect();
    let problem = match found.as_slice() {
        [] => return true,
        [only] if only.certain => return false,
        [_] => "under a condition only",
        _ => "more than once",
    };
    let message = format!("it applies the overlay `{file}` {problem}");
    changes.refuse(
        host,
        Diagnostic::error("overlay-elsewhere", message).help("apply it once, without condition"),
    );
    false
}

pub(super) fn names(context: &Context, hosts: &BTreeSet<usize>) -> String {
    let all = context.model.hosts();
    if hosts.len() == all.len() && hosts.len() > 1 {
        return "every host".to_string();
    }
    hosts
        .iter()
        .map(|index| format!("`{}`", all[*index].host.name))
        .collect::<Vec<_>>()
        .join(", ")
}

fn refuse(
    changes: &mut Changes,
    context: &Context,
    index: usize,
    overlay: &Overlay,
    others: &BTreeSet<usize>,
) {
    let model = &context.model.hosts()[index];
    let Ok(built) = &model.built else { return };
    let file = &context.layout.overlays[&overlay.path];
    let origin = built.system.origin.as_ref().or(model
        .host
        .binding
        .as_ref()
        .map(|site| &site.origin));
    let directory = origin
        .and_then(|origin| origin.file.path.parent())
        .unwrap_or_else(RepoPath::root);
    let import = format!(
        "(import {} {{ inherit inputs; }})",
        file.relative_to(&directory)
    );
    let finder = Finder {
        flake: &context.model.flake,
        built,
        overlay,
        file,
    };
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
    let message = format!("no place was found where it alone would get the overlay `{file}`{why}");
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
    built: &'a Built,
    overlay: &'a Overlay,
    file: &'a RepoPath,
}

type Found = (Spot, Rank, Option<Addition>);

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
        let rank = LISTS.after(u8::from(list.file.is_some()) * 2);
        for literal in literals(&list.value) {
            if self.flake.is_users(&literal.site.origin) {
                let item = self.item(&literal.site.env, &literal.site.origin.file);
                found.push((Spot::List(literal), rank, item.filter(|_| list.certain)));
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

    /// One more attribute of a set whose values are listed.
    fn attribute_of(&self, set: &Attrs) -> Option<(Spot, Option<Addition>)> {
        let literal = set.literals.last()?;
        let name = self.overlay.name()?;
        if !self.flake.is_users(&literal.origin) || set.map.contains_key(name) {
            return None;
        }
        let binding = self
            .import(&literal.env, &literal.origin.file)
            .map(|import| Addition {
                text: format!("{name} = {};", import.text),
                ..import
            });
        Some((Spot::Set(literal.clone(), Position::Last), binding))
    }

    /// A module of its own, in the host's module list.
    fn module_places(&self, found: &mut Vec<Found>) {
        let module = |mut item: Addition, file: &File| {
            let style = Style::of(&file.text).or_as_in(&self.flake.file.text);
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
    fn item(&self, env: &Env, file: &std::rc::Rc<File>) -> Option<Addition> {
        self.import(env, file).map(|import| Addition {
            text: format!("({})", import.text),
            ..import
        })
    }

    /// The overlay as an expression.
    fn import(&self, env: &Env, file: &std::rc::Rc<File>) -> Option<Addition> {
        let directory = file.path.parent().unwrap_or_else(RepoPath::root);
        let path = self.file.relative_to(&directory);
        let (entry, scope) = self.inputs(env, file)?;
        let style = Style::of(&file.text).or_as_in(&self.flake.file.text);
        let argument = style.braces(&entry.text(|content| style.braces(content)));
        Some(Addition {
            text: format!("import {path} {argument}"),
            scope,
        })
    }

    /// How the inputs are named in `env`, and the change that makes it so.
    fn inputs(
        &self,
        env: &Env,
        file: &std::rc::Rc<File>,
    ) -> Option<(InputsEntry, Option<ScopeChange>)> {
        let input = self
            .overlay
            .inputs
            .first()
            .map_or("nixpkgs", String::as_str);
        match inputs_entry(self.flake, env, input) {
            Some(InputsEntry::OfSelf(name)) => match self.at_name(env, file) {
                Some(scope) => Some((InputsEntry::Inherit, Some(scope))),
                None => Some((InputsEntry::OfSelf(name), None)),
            },
            Some(entry) => Some((entry, None)),
            None => {
                let scope = self
                    .at_name(env, file)
                    .or_else(|| self.module_formal(env, file, input))?;
                Some((InputsEntry::Inherit, Some(scope)))
            }
        }
    }

    /// Binds `inputs` at the flake's own `outputs`, where it has no at-name.
    fn at_name(&self, env: &Env, file: &File) -> Option<ScopeChange> {
        let inside = file.path == self.flake.file.path && env.lexical("inputs").is_none();
        let ast::Param::Pattern(pattern) =
            self.flake.outputs_lambda().filter(|_| inside)?.param()?
        else {
            return None;
        };
        // Without `...` the set of inputs cannot grow unnoticed, and names are better taken one by one.
        (pattern.pat_bind().is_none()).then(|| ScopeChange {
            file: file.path.clone(),
            pattern: range_of(&pattern),
            kind: ScopeKind::AtName,
        })
    }

    /// Takes `inputs` as an argument of the module, where `specialArgs` has it.
    fn module_formal(&self, env: &Env, file: &File, input: &str) -> Option<ScopeChange> {
        if env.lexical("inputs").is_some() {
            return None;
        }
        let special = self.built.system.special_arg(self.flake, "inputs")?;
        let offered = self
            .flake
            .ev
            .get(&special, input)
            .is_some_and(|value| Flake::is_input(&value, input));
        let is_module = self.built.modules.of_file(&file.path).is_some();
        let ast::Expr::Lambda(function) = unwrap_parens(file.root().ok()?.expr()?) else {
            return None;
        };
        let ast::Param::Pattern(pattern) = function.param()? else {
            return None;
        };
        (offered && is_module).then(|| ScopeChange {
            file: file.path.clone(),
            pattern: range_of(&pattern),
            kind: ScopeKind::Formal,
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
