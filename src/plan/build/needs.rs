//! Passes that rest on what others do, where these are left out and their work is not done yet: a profile without the
//! overlay that its package is from would break the host.

use super::Planner;
use crate::diagnostic::Diagnostic;
use crate::flake::hosts::Host;
use crate::flake::model::Built;
use crate::pass::{Applied, PASSES};

/// A pass that rests on another one.
struct Need {
    pass: &'static str,
    needed: &'static str,
    /// What is lacking as long as the other one did not run.
    lacks: fn(&Planner) -> Option<String>,
}

const NEEDS: &[Need] = &[
    Need {
        pass: "insert-overlay",
        needed: "add-input",
        lacks: no_input,
    },
    Need {
        pass: "insert-overlay",
        needed: "write-overlay",
        lacks: no_overlay_file,
    },
    Need {
        pass: "import-profile",
        needed: "write-profiles",
        lacks: no_profile,
    },
    Need {
        pass: "import-profile",
        needed: "insert-overlay",
        lacks: no_overlay,
    },
    Need {
        pass: "import-profile",
        needed: "advanced-overlay",
        lacks: no_advanced_overlay,
    },
    Need {
        pass: "insert-modules",
        needed: "add-input",
        lacks: no_input,
    },
];

/// What is said of each pass that needs one which is left out.
pub(super) fn missing(planner: &Planner) -> Vec<Diagnostic> {
    let left_out = |name: &str| {
        let mut passes = PASSES.iter().filter(|pass| (pass.wanted)(planner.recipe));
        !planner.runs(name) && passes.any(|pass| pass.name == name)
    };
    let needs = NEEDS
        .iter()
        .filter(|need| planner.runs(need.pass) && left_out(need.needed));
    let said = needs.filter_map(|need| {
        let lacks = (need.lacks)(planner)?;
        let message = format!("`{}` needs `{}`: {lacks}", need.pass, need.needed);
        let help = format!(
            "run `{}` as well, or leave out `{}`",
            need.needed, need.pass
        );
        Some(Diagnostic::error("pass-missing", message).help(help))
    });
    said.collect()
}

fn no_input(planner: &Planner) -> Option<String> {
    let name = &planner.recipe.input.as_ref()?.name;
    let is_there = planner.before.flake.input(name).is_some();
    (!is_there).then(|| format!("the flake has no input `{name}`"))
}

fn no_overlay_file(planner: &Planner) -> Option<String> {
    let path = &planner.layout.overlays[&planner.recipe.overlay.as_ref()?.path];
    let is_there = planner.before.flake.tree().kind(path).is_some();
    (!is_there).then(|| format!("`{path}` is not there"))
}

fn no_profile(planner: &Planner) -> Option<String> {
    let tree = planner.before.flake.tree();
    let files = hosts(planner).filter_map(|(host, _)| {
        let choice = planner.choices.get(&*host.name)?;
        Some(planner.layout.profile(&choice.profile))
    });
    let file = files.into_iter().find(|file| tree.kind(file).is_none())?;
    Some(format!("`{file}` is not there"))
}

fn no_overlay(planner: &Planner) -> Option<String> {
    let overlay = Applied::first(planner.recipe, &planner.layout).next()?;
    lacking(planner, overlay, |host, built| {
        let choice = planner.choices.get(&*host.name);
        let file = choice.map(|choice| planner.layout.profile(&choice.profile));
        file.is_some_and(|file| built.modules.of_file(&file).is_none())
    })
}

fn no_advanced_overlay(planner: &Planner) -> Option<String> {
    let advanced = planner.recipe.advanced.as_ref()?;
    let overlay = Applied::file(&advanced.overlay, &planner.layout);
    lacking(planner, overlay, |host, _| {
        let choice = planner.choices.get(&*host.name);
        choice.is_some_and(|choice| {
            let mut profiles = advanced.profiles.iter();
            profiles.any(|profile| profile.name == choice.profile)
        })
    })
}

/// The first host that would need the overlay and lacks it.
fn lacking(
    planner: &Planner,
    overlay: Applied,
    needs: impl Fn(&Host, &Built) -> bool,
) -> Option<String> {
    let lacks = |built: &Built| !overlay.applies_to(&planner.before.flake, built);
    let (host, _) = hosts(planner).find(|(host, built)| lacks(built) && needs(host, built))?;
    Some(format!(
        "host `{}` lacks the overlay `{overlay}`",
        host.name
    ))
}

/// The hosts that are to be changed.
fn hosts<'p>(planner: &'p Planner) -> impl Iterator<Item = (&'p Host, &'p Built)> {
    let left_alone = planner.excluded();
    let built = planner.before.built();
    built
        .filter(move |(_, host, _)| !left_alone.contains(&*host.name))
        .map(|(_, host, built)| (host, built))
}

#[cfg(test)]
mod tests;
