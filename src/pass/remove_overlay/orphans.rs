//! Packages that only the old overlay defines must not be in use any more.

use std::collections::BTreeSet;

use super::super::uses::Wanted;
use super::super::{Changes, Context};
use crate::diagnostic::Diagnostic;
use crate::eval::value::{Kind, Name, Thunk, Value};
use crate::flake::overlays::names_of_overlay;
use crate::path::RepoPath;

/// Whether the overlay can go: every package that only it defines is unused. Says where one is used.
pub(super) fn check(changes: &mut Changes, context: &Context, old: &RepoPath) -> bool {
    let Some(names) = defined(changes, context, old) else {
        return false;
    };
    let mut clear = true;
    for name in orphans(context, old, names) {
        let wanted = Wanted {
            name: &name,
            is_input: is_input(context, &name),
        };
        for (file, range) in wanted.uses(&changes.tree, context.going) {
            let message = format!("`{name}` is still used, and no overlay but `{old}` defines it");
            let diagnostic = Diagnostic::error("package-orphaned", message)
                .at(file, range)
                .help(advice(context, &name));
            changes.say(diagnostic);
            clear = false;
        }
    }
    clear
}

/// Whether the flake has an input of that name, or gets it.
fn is_input(context: &Context, name: &str) -> bool {
    let added = context.recipe.input.as_ref();
    context.model.flake.input(name).is_some() || added.is_some_and(|input| input.name == name)
}

fn advice(context: &Context, name: &str) -> String {
    if context.recipe.packages().any(|package| package == name) {
        return "the new overlay has it as well: run `insert-overlay`, too".to_string();
    }
    let packages = context.recipe.packages();
    let packages: Vec<String> = packages.map(|name| format!("`{name}`")).collect();
    if packages.is_empty() {
        return "remove this use first, or keep the overlay with --skip remove-overlay".to_string();
    }
    format!(
        "use one of the new packages instead: {}",
        packages.join(", ")
    )
}

/// The names the old overlay defines.
fn defined(changes: &mut Changes, context: &Context, old: &RepoPath) -> Option<BTreeSet<Name>> {
    let flake = &context.model.flake;
    let mut function = flake.ev.import(old);
    // `inputs: final: prev:` and `final: prev:` alike: what is left after the last function is the set.
    let applied = context.model.built().find_map(|(_, _, built)| {
        built
            .overlays
            .all
            .iter()
            .find(|overlay| overlay.file() == Some(old))
            .map(|overlay| overlay.value.clone())
    });
    if let Some(applied) = applied {
        function = applied;
    } else if takes_three(flake, &function) {
        function = flake.ev.apply(
            &function,
            &Thunk::done(Value::unknown("the argument of the overlay")),
        );
    }
    match names_of_overlay(flake, &function) {
        Ok(names) => Some(names),
        Err(_) => {
            let message = format!(
                "cannot tell which packages `{old}` defines, so none can be shown to be unused"
            );
            let help = "remove the overlay and what uses it by hand, or keep it with --skip remove-overlay";
            changes.say(
                Diagnostic::error("overlay-opaque", message)
                    .in_file(old.clone())
                    .help(help),
            );
            None
        }
    }
}

/// Whether the function still wants an argument after two.
fn takes_three(flake: &crate::flake::Flake, function: &Value) -> bool {
    let argument = || Thunk::done(Value::unknown("an argument"));
    let result = flake.ev.apply_all(function, &[argument(), argument()]);
    matches!(result.kind, Kind::Lambda(_))
}

/// The names that neither the new overlays nor any other overlay of a host that has the old one defines.
fn orphans(context: &Context, old: &RepoPath, mut names: BTreeSet<Name>) -> BTreeSet<Name> {
    if is_replaced(context, old) {
        let new: BTreeSet<&str> = context.recipe.packages().collect();
        names.retain(|name| !new.contains(&**name));
    }
    for (_, _, built) in context.model.built() {
        if built
            .overlays
            .all
            .iter()
            .all(|overlay| overlay.file() != Some(old))
        {
            continue;
        }
        let others = built
            .overlays
            .all
            .iter()
            .filter(|overlay| overlay.certain && overlay.file() != Some(old));
        let defined: BTreeSet<Name> = others
            .filter_map(|overlay| overlay.names(&context.model.flake).ok())
            .flatten()
            .collect();
        names.retain(|name| !defined.contains(name) || elsewhere_missing(context, old, name));
    }
    names
}

/// Whether every host that had the old overlay has the new one by now.
fn is_replaced(context: &Context, old: &RepoPath) -> bool {
    let before = context.before.built();
    let mut had_old = before.filter(|(_, _, built)| built.overlays.apply(old));
    had_old.all(|(index, ..)| match &context.model.hosts()[index].built {
        Ok(built) => context
            .applied()
            .all(|overlay| overlay.applies_to(&context.model.flake, built)),
        Err(_) => false,
    })
}

/// Whether some host with the old overlay gets `name` from no other one.
fn elsewhere_missing(context: &Context, old: &RepoPath, name: &Name) -> bool {
    context.model.built().any(|(_, _, built)| {
        let has_old = built
            .overlays
            .all
            .iter()
            .any(|overlay| overlay.file() == Some(old));
        let others = built
            .overlays
            .all
            .iter()
            .filter(|overlay| overlay.certain && overlay.file() != Some(old));
        let defines = |overlay: &crate::flake::overlays::Overlay| {
            overlay
                .names(&context.model.flake)
                .is_ok_and(|names| names.contains(name))
        };
        has_old && !others.into_iter().any(defines)
    })
}
