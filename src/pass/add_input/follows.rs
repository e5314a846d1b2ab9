//! What the inputs of the new input follow: an input that the recipe names, or the one that the hosts have their packages
//! from.

use super::super::{Changes, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::eval::InputKind;
use crate::flake::inputs::Input as Declared;
use crate::recipe::{Follows, Input};

/// What each input of the new input follows: pairs of its input and a root input.
pub(super) fn follows(
    changes: &mut Changes,
    context: &Context,
    input: &Input,
) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (left, right) in &input.follows {
        match right {
            Follows::Input(name) if context.model.flake.input(name).is_some() => {
                pairs.push((left.clone(), name.clone()))
            }
            Follows::Input(name) => changes.say(Diagnostic::error(
                "follows-missing",
                format!(
                    "`{}` is to follow the input `{name}`, which the flake does not declare",
                    input.name
                ),
            )),
            Follows::HostNixpkgs => {
                let Some(name) = host_nixpkgs(changes, context) else {
                    if !context.model.flake.inputs.is_empty() {
                        changes.say(no_nixpkgs(input));
                    }
                    continue;
                };
                if let Some(problem) = no_flake(context, input, left, &name) {
                    changes.say(problem);
                }
                pairs.push((left.clone(), name));
            }
        }
    }
    pairs
}

/// That nothing among the flake's inputs is known to be nixpkgs.
fn no_nixpkgs(input: &Input) -> Diagnostic {
    let message = format!(
        "`{}` is to follow the flake's nixpkgs, and none of its inputs is known to be that",
        input.name
    );
    Diagnostic::error("follows-missing", message).help(
        "name the input to follow in nixfix.toml, such as `follows.nixpkgs = \"pkgs\"` under [input], or none: `follows = { }`",
    )
}

/// What is wrong where the input to follow is a mere source tree: a flake that follows it gets no flake, and breaks.
fn no_flake(context: &Context, input: &Input, left: &str, name: &str) -> Option<Diagnostic> {
    let flake = &context.model.flake;
    let followed = flake.input(name)?;
    let target = followed
        .follows
        .as_deref()
        .and_then(|target| flake.input(target))
        .unwrap_or(followed);
    let chosen = |declared: &Declared| declared.overrides.contains_key(left);
    if target.is_flake || flake.input(&input.name).is_some_and(chosen) {
        return None;
    }
    let message = format!(
        "`{}` is to follow `{name}`, which is declared with `flake = false` and so is no flake that it can use",
        input.name
    );
    let diagnostic = Diagnostic::error("follows-no-flake", message).help(
        "declare the input with an `inputs.nixpkgs.follows` of your choice, or set `follows = { }` under [input] in nixfix.toml",
    );
    Some(match &target.binding {
        Some(site) => diagnostic.at(site.file().path.clone(), site.range()),
        None => diagnostic,
    })
}

/// The input that the hosts have their packages from: that of the package set they are given, else the one that builds them.
/// Where they differ, that of most hosts.
fn host_nixpkgs(changes: &mut Changes, context: &Context) -> Option<String> {
    let mut votes: Vec<(String, usize)> = Vec::new();
    for (_, _, built) in context.model.built() {
        let nixpkgs = built.overlays.nixpkgs.unwrap_or(built.system.builder);
        match votes.iter_mut().find(|(name, _)| **name == *nixpkgs) {
            Some((_, count)) => *count += 1,
            None => votes.push((nixpkgs.to_string(), 1)),
        }
    }
    let most = votes.iter().map(|(_, count)| *count).max();
    let mut winners = votes.iter().filter(|(_, count)| Some(*count) == most);
    let first = winners.clone().next();
    // Where each has as many, the one that others follow as well.
    let winner = winners.find(|(name, _)| name == "nixpkgs").or(first);
    let winner = winner.map(|(name, _)| name.clone());
    if let (Some(winner), true) = (&winner, votes.len() > 1) {
        let others: Vec<_> = votes
            .iter()
            .filter(|(name, _)| name != winner)
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        let message = format!(
            "the new input follows `{winner}`, as most hosts have their packages from it; others use {}",
            others.join(", ")
        );
        changes.say(Diagnostic::new(Severity::Note, "mixed-nixpkgs", message));
    }
    let flake = &context.model.flake;
    winner.or_else(|| {
        let nixpkgs = |input: &&Declared| flake.ev.input_kind(input.name) == InputKind::Nixpkgs;
        let named = flake.input("nixpkgs");
        named
            .or_else(|| flake.inputs.iter().find(nixpkgs))
            .map(|input| input.name.to_string())
    })
}
