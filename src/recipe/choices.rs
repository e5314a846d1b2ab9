//! The user's choices, from `nixfix.toml` and flags, against what the recipe offers: files to remove, packages for
//! Home Manager files, profiles of machines. A flag replaces what a file says of the same host or file.

use super::advanced::OPT_IN;
use super::document::Node;
use super::fields::{Problems, fields, map};
use super::source::{Setting, Spot, error_at};
use super::suggest::did_you_mean;
use super::{Flags, HomePackage, Machine, Overlay, Recipe, Remove, check};
use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;

/// `[remove]` and `--remove`. What the recipe writes cannot be removed, not even by its mere name.
pub(super) fn remove(
    problems: &mut Problems,
    recipe: &Recipe,
    flags: &Flags,
    flake_dir: &RepoPath,
    node: Option<&Node>,
) -> Remove {
    let plain = recipe.overlay.iter();
    let written: Vec<&Overlay> = plain
        .chain(recipe.advanced.iter().map(|it| &it.overlay))
        .collect();
    for given in &flags.remove {
        if written.iter().any(|overlay| overlay.path == *given) {
            let message = format!("`--remove {given}` names the overlay that the recipe writes");
            problems.push(Diagnostic::error("recipe-invalid", message));
        }
    }
    let mut files = Vec::new();
    for file in node
        .map(|node| listed_files(problems, node))
        .unwrap_or_default()
    {
        let Some(path) = check::tracked_path(problems, flake_dir, &file) else {
            continue;
        };
        if written
            .iter()
            .any(|overlay| overlay.path.name() == path.name())
        {
            let message =
                format!("`{path}` to remove has the name of an overlay that the recipe writes");
            problems.push(file.spot.error("recipe-invalid", message));
        }
        files.push(path);
    }
    Remove {
        files,
        given: flags.remove.clone(),
    }
}

fn listed_files(problems: &mut Problems, node: &Node) -> Vec<Setting<String>> {
    let mut fields = fields(problems, "remove", node);
    let files = fields.texts(problems, "files");
    fields.finish(problems);
    files
}

/// `[home]` and `--home`.
pub(super) fn home(
    problems: &mut Problems,
    recipe: &Recipe,
    flags: &Flags,
    flake_dir: &RepoPath,
    node: Option<&Node>,
) -> Vec<HomePackage> {
    let mut home: Vec<HomePackage> = Vec::new();
    for (file, package) in node
        .map(|node| map(problems, "home", node))
        .unwrap_or_default()
    {
        problems.extend(unknown_package(recipe, Some(&package.spot), &package.value));
        let path = check::tracked_path(problems, flake_dir, &file);
        home.extend(path.map(|path| HomePackage {
            file: path,
            package: package.value,
            place: file.spot.place(),
        }));
    }
    home.retain(|listed| flags.home.iter().all(|(file, _)| *file != listed.file));
    for (file, package) in &flags.home {
        problems.extend(unknown_package(recipe, None, package));
        let given = HomePackage {
            file: file.clone(),
            package: package.clone(),
            place: None,
        };
        if !home.contains(&given) {
            home.push(given);
        }
    }
    home
}

fn unknown_package(recipe: &Recipe, spot: Option<&Spot>, name: &str) -> Option<Diagnostic> {
    let known: Vec<&str> = recipe.packages().collect();
    if known.contains(&name) {
        return None;
    }
    let message = format!("the recipe's overlay defines no package `{name}`");
    let mut error = error_at(spot, "package-unknown", message);
    error.help = did_you_mean(name, &known);
    Some(error)
}

/// `[machines]` and `--profile`.
pub(super) fn machines(
    problems: &mut Problems,
    recipe: &Recipe,
    flags: &Flags,
    node: Option<&Node>,
) -> Vec<Machine> {
    let mut machines = Vec::new();
    // The user's file may be for several recipes; what it says of profiles is for those that have some.
    for (host, profile) in node
        .filter(|_| recipe.profiles.is_some())
        .map(|node| map(problems, "machines", node))
        .unwrap_or_default()
    {
        problems.extend(unknown_profile(recipe, Some(&profile.spot), &profile.value));
        machines.push(Machine {
            host: host.value,
            profile: profile.value,
            place: host.spot.place(),
        });
    }
    let given = given_machines(problems, recipe, flags);
    machines.retain(|machine| given.iter().all(|other| other.host != machine.host));
    machines.extend(given);
    machines
}

fn given_machines(problems: &mut Problems, recipe: &Recipe, flags: &Flags) -> Vec<Machine> {
    let mut given: Vec<Machine> = Vec::new();
    for (host, profile) in &flags.machines {
        problems.extend(unknown_profile(recipe, None, profile));
        match given.iter().find(|other| other.host == *host) {
            None => given.push(Machine {
                host: host.clone(),
                profile: profile.clone(),
                place: None,
            }),
            Some(other) if other.profile == *profile => {}
            Some(other) => {
                let first = &other.profile;
                let message = format!("`--profile` gives `{host}` both `{first}` and `{profile}`");
                problems.push(Diagnostic::error("recipe-invalid", message));
            }
        }
    }
    given
}

fn unknown_profile(recipe: &Recipe, spot: Option<&Spot>, name: &str) -> Option<Diagnostic> {
    let choosable = recipe
        .choosable_profiles()
        .map(|profile| profile.name.as_str());
    let choosable: Vec<&str> = choosable.collect();
    if choosable.contains(&name) {
        return None;
    }
    let message = match &recipe.profiles {
        Some(_) => format!("there is no profile `{name}`"),
        None => format!("the recipe has no profiles, so none is called `{name}`"),
    };
    let mut error = error_at(spot, "profile-unknown", message);
    error.help = if recipe.known_profiles().any(|profile| profile.name == name) {
        Some(format!("it is one of the advanced profiles: {OPT_IN}"))
    } else {
        did_you_mean(name, &choosable)
    };
    Some(error)
}
