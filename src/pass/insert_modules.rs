//! Adds modules of inputs to the module lists of the hosts that are to have them.
//!
//! ```nix
//! modules = [ ./carbon.nix ];
//! ```
//! ->
//! ```nix
//! modules = [ ./carbon.nix inputs.sops-nix.nixosModules.sops ];
//! ```

mod places;

use std::collections::BTreeSet;

use self::places::Finder;
use super::changes::Placed;
use super::cover::{Added, Cover, add_at, by_hand, in_the_way};
use super::doubt::doubtful_places;
use super::insert_overlay::is_declared;
use super::{Changes, Context, Latest, Pass, Subject};
use crate::diagnostic::Diagnostic;
use crate::eval::value::Kind;
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::modules::{Module, ModuleKey};
use crate::plan::StepKind;
use crate::recipe::HostModule;

pub(super) const PASS: Pass = Pass {
    name: "insert-modules",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.modules.is_some(),
    by_earlier: false,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    let Some(modules) = &context.recipe.modules else {
        return;
    };
    let mut current: Option<Latest> = None;
    for module in modules.every() {
        let model = current.as_ref().unwrap_or(context.model);
        ensure(changes, &Context { model, ..*context }, module);
        if let Some(errors) = model.failure() {
            return errors.iter().for_each(|error| changes.say(error.clone()));
        }
        // The next module may go to the same list.
        if changes.flush() {
            current = Some(Latest::in_tree(context.before, changes.tree.clone()));
        }
    }
}

/// Sees to it that every host that is to have the module has it.
fn ensure(changes: &mut Changes, context: &Context, module: &HostModule) {
    let flake = &context.model.flake;
    for name in module.names() {
        if !is_declared(changes, context, name) {
            return;
        }
    }
    let mut cover = Cover::default();
    let mut wanting = BTreeSet::new();
    for (index, host, built) in context.model.built() {
        let wants = wants(changes, context, &host.name, built, module);
        if wants {
            wanting.insert(index);
        }
        let finder = Finder {
            flake,
            built,
            sought: context.model.sought(&module.attribute.input),
            attribute: &module.attribute,
        };
        for (spot, rank, addition) in finder.places() {
            cover.offer(index, spot, rank, addition.filter(|_| wants));
        }
        cover.doubt(index, doubtful_places(flake, built));
    }
    let (chosen, left) = cover.choose_own(context, &wanting);
    let name = &module.attribute;
    let added = Added {
        sentence: &|hosts, file| format!("Add the module `{name}` to {hosts} in `{file}`"),
        step: &|file, hosts| StepKind::InsertModule {
            module: name.to_string(),
            file,
            hosts,
        },
        placed: Some(Placed::Module),
    };
    add_at(changes, context, &chosen, &added);
    for (index, others) in left {
        refuse(changes, context, index, module, &others);
    }
}

/// Whether the host is to get the module and lacks it; one where that cannot be told is refused.
fn wants(
    changes: &mut Changes,
    context: &Context,
    host: &str,
    built: &Built,
    module: &HostModule,
) -> bool {
    let asked = context
        .recipe
        .modules
        .iter()
        .any(|all| all.of(host).contains(&module));
    if !asked || context.excluded.contains(host) {
        return false;
    }
    let name = &module.attribute;
    let found: Vec<_> = modules_named(&context.model.flake, built, module).collect();
    if found.iter().any(|one| one.certain) {
        return false;
    }
    let (message, help, place) = match (found.first(), hidden_part(context, built, module)) {
        (Some(conditional), _) => (
            format!("it has the module `{name}` under a condition only"),
            "add it without condition".to_string(),
            conditional.origin.clone(),
        ),
        (None, Some(part)) => (
            format!(
                "a part of its modules cannot be seen, so it may have `{name}` already: {}",
                part.value.describe()
            ),
            format!(
                "write that part in a way that nixfix can follow, or add this to its modules:\n{name}"
            ),
            part.origin.clone(),
        ),
        (None, None) => return true,
    };
    let diagnostic = Diagnostic::error("module-uncertain", message)
        .at_origin(place.as_ref())
        .help(help);
    changes.refuse(host, diagnostic);
    false
}

/// The host's modules that are this one, by any of its names.
pub(crate) fn modules_named<'b>(
    flake: &'b Flake,
    built: &'b Built,
    module: &'b HostModule,
) -> impl Iterator<Item = &'b Module> {
    let is_named = |one: &&Module| {
        let mut names = module.names();
        names.any(|name| flake.is_attribute(&one.value, &name.input, &name.path))
    };
    built.modules.all.iter().filter(is_named)
}

/// A part of the host's modules that may hold anything. Where this run declares the input, nothing can hold the module.
fn hidden_part<'b>(context: &Context, built: &'b Built, module: &HostModule) -> Option<&'b Module> {
    let mut inputs = module.names().map(|name| &name.input);
    let is_new = inputs.all(|input| context.before.flake.input(input).is_none());
    let is_hidden = |one: &&Module| {
        matches!(&one.key, ModuleKey::Opaque(_)) && matches!(one.value.kind, Kind::Unknown(_))
    };
    built.modules.all.iter().find(is_hidden).filter(|_| !is_new)
}

fn refuse(
    changes: &mut Changes,
    context: &Context,
    index: usize,
    module: &HostModule,
    others: &BTreeSet<usize>,
) {
    let model = &context.model.hosts()[index];
    let message = format!(
        "no place was found where it alone would get the module `{}`{}",
        module.attribute,
        in_the_way(context, others)
    );
    let help = by_hand(context, others, &module.attribute.to_string());
    let mut diagnostic = Diagnostic::error("no-module-place", message).help(help);
    if let Some(site) = &model.host.binding {
        diagnostic = diagnostic.at(site.file().path.clone(), site.range());
    }
    changes.refuse(&model.host.name, diagnostic);
}
