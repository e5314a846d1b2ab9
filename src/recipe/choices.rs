//! The user's choices, from `nixfix.toml` and flags, against what the recipe offers: files to remove, packages for
//! Home Manager files, profiles of machines, and the advanced part. A flag replaces what a file says of the same host.

use super::document::Node;
use super::fields::{Problems, fields, keep, map};
use super::source::Spot;
use super::suggest::did_you_mean;
use super::{Flags, HomePackage, Machine, Overlay, Recipe, Remove, check};
use crate::diagnostic::{Diagnostic, Place};
use crate::path::RepoPath;

/// The advanced part must exist where it is asked for, and add to the rest without redefining it.
pub(super) fn check_advanced(
    problems: &mut Problems,
    recipe: &Recipe,
    flags: &Flags,
    node: Option<&Node>,
) {
    let Some(advanced) = &recipe.advanced else {
        if flags.advanced {
            let message = "the recipe has no `[advanced]` part for `--advanced`";
            problems.push(Diagnostic::error("recipe-invalid", message));
        }
        return;
    };
    let mut clash = |what: &str, name: &str| {
        let message = format!("`[advanced]` repeats the {what} `{name}`");
        problems.push(error_at(
            node.map(|node| &node.spot),
            "recipe-invalid",
            message,
        ));
    };
    if let Some(plain) = &recipe.overlay {
        if plain.path == advanced.overlay.path {
            clash("path", plain.path.as_str());
        }
        for name in plain
            .defines
            .iter()
            .filter(|name| advanced.overlay.defines.contains(name))
        {
            clash("package", name);
        }
    }
    let plain = recipe.profiles.iter().flat_map(|profiles| &profiles.files);
    for profile in plain {
        if advanced
            .profiles
            .iter()
            .any(|other| other.name == profile.name)
        {
            clash("profile", &profile.name);
        }
    }
}

/// `[remove]` and `--remove`. A file that the recipe writes cannot be one to remove, not even by its mere name.
pub(super) fn remove(
    problems: &mut Problems,
    recipe: &Recipe,
    flags: &Flags,
    flake_dir: &RepoPath,
    node: Option<&Node>,
) -> Remove {
    let written: Vec<&Overlay> = recipe
        .overlay
        .iter()
        .chain(recipe.advanced.iter().map(|it| &it.overlay))
        .collect();
    let mut remove = Remove {
        files: Vec::new(),
        given: flags.remove.clone(),
    };
    for given in flags
        .remove
        .iter()
        .filter(|given| written.iter().any(|overlay| overlay.path == **given))
    {
        let message = format!("`--remove {given}` names the overlay that the recipe writes");
        problems.push(Diagnostic::error("recipe-invalid", message));
    }
    let Some(node) = node else {
        return remove;
    };
    let mut fields = fields(problems, "remove", node);
    let files = fields.texts(problems, "files");
    fields.finish(problems);
    for file in files {
        let Some(path) = keep(problems, check::tracked_path(flake_dir, &file)) else {
            continue;
        };
        if written
            .iter()
            .any(|overlay| overlay.path.name() == path.name())
        {
            let message = format!(
                "`{}` to remove has the name of an overlay that the recipe writes",
                file.value
            );
            problems.push(file.spot.error("recipe-invalid", message));
        }
        remove.files.push(path);
    }
    remove
}

/// `[home]` and `--home`.
pub(super) fn home(
    problems: &mut Problems,
    recipe: &Recipe,
    flags: &Flags,
    flake_dir: &RepoPath,
    node: Option<&Node>,
) -> Vec<HomePackage> {
    let known: Vec<&str> = recipe.packages().collect();
    let mut home: Vec<HomePackage> = Vec::new();
    for (file, package) in node
        .map(|node| map(problems, "home", node))
        .unwrap_or_default()
    {
        if !known.contains(&package.value.as_str()) {
            problems.push(unknown_package(Some(&package.spot), &package.value, &known));
        }
        let Some(path) = keep(problems, check::tracked_path(flake_dir, &file)) else {
            continue;
        };
        home.push(HomePackage {
            file: path,
            package: package.value,
            place: file.spot.place(),
        });
    }
    for (file, package) in &flags.home {
        if !known.contains(&package.as_str()) {
            problems.push(unknown_package(None, package, &known));
        }
        home.retain(|old| old.file != *file || old.place.is_none());
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

/// `[machines]` and `--profile`.
pub(super) fn machines(
    problems: &mut Problems,
    recipe: &Recipe,
    flags: &Flags,
    node: Option<&Node>,
) -> Vec<Machine> {
    let mut machines: Vec<Machine> = Vec::new();
    for (host, profile) in node
        .map(|node| map(problems, "machines", node))
        .unwrap_or_default()
    {
        check_profile(problems, recipe, Some(&profile.spot), &profile.value);
        machines.push(machine(host.value, profile.value, host.spot.place()));
    }
    let mut given: Vec<Machine> = Vec::new();
    for (host, profile) in &flags.machines {
        check_profile(problems, recipe, None, profile);
        match given.iter().find(|other| other.host == *host) {
            None => given.push(machine(host.clone(), profile.clone(), None)),
            Some(other) if other.profile == *profile => {}
            Some(other) => {
                let message = format!(
                    "`--profile` gives `{host}` both `{}` and `{profile}`",
                    other.profile
                );
                problems.push(Diagnostic::error("recipe-invalid", message));
            }
        }
    }
    machines.retain(|machine| given.iter().all(|other| other.host != machine.host));
    machines.extend(given);
    machines
}

fn machine(host: String, profile: String, place: Option<Place>) -> Machine {
    Machine {
        host,
        profile,
        place,
    }
}

fn check_profile(problems: &mut Problems, recipe: &Recipe, spot: Option<&Spot>, name: &str) {
    let choosable: Vec<&str> = recipe
        .choosable_profiles()
        .map(|profile| profile.name.as_str())
        .collect();
    if choosable.contains(&name) {
        return;
    }
    let mut error = error_at(
        spot,
        "profile-unknown",
        format!("there is no profile `{name}`"),
    );
    error.help = if recipe.known_profiles().any(|profile| profile.name == name) {
        Some("it is one of the advanced profiles: add `--advanced`, or `enable = true` in `[advanced]`".to_string())
    } else {
        did_you_mean(name, &choosable)
    };
    problems.push(error);
}

fn unknown_package(spot: Option<&Spot>, name: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the recipe's overlay defines no package `{name}`");
    let mut error = error_at(spot, "package-unknown", message);
    error.help = did_you_mean(name, known);
    error
}

fn error_at(spot: Option<&Spot>, code: &'static str, message: String) -> Diagnostic {
    match spot {
        Some(spot) => spot.error(code, message),
        None => Diagnostic::error(code, message),
    }
}
