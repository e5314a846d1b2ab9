//! What keeps hosts from being looked into at all: out of sight, not understood, or with a module that git does not have.

use rustc_hash::FxHashSet;

use super::Request;
use crate::diagnostic::{Diagnostic, Severity};
use crate::eval::FUEL;
use crate::flake::Flake;
use crate::flake::hosts::among_packages;
use crate::flake::model::{HostModel, Model};
use crate::flake::modules::{Module, ModuleKey};
use crate::flake::syntax_errors;
use crate::path::RepoPath;
use crate::tree::ReadProblem;

/// The hosts that have to be left as they are, each with the reason.
pub(super) fn of_hosts(before: &Model) -> impl Iterator<Item = (String, Diagnostic)> {
    // Hosts share most of their files.
    let built = before.built().map(|(_, _, built)| built);
    let files: FxHashSet<&RepoPath> = built.flat_map(|built| built.modules.files()).collect();
    let tree = before.flake.tree();
    let is_sound = |path: &&RepoPath| {
        tree.file(path)
            .is_ok_and(|file| syntax_errors(&file).is_ok())
    };
    let all_sound = files.iter().all(is_sound);
    let problem = move |host| {
        let of_a_file = |find: fn(&Model, &HostModel) -> Option<(String, Diagnostic)>| {
            (!all_sound).then(|| find(before, host)).flatten()
        };
        of_a_file(missing_module)
            .or_else(|| outside_module(host))
            .or_else(|| of_a_file(invalid_module))
            .or_else(|| obstacle(host))
    };
    before.hosts().iter().filter_map(problem)
}

/// Why a host cannot be looked into.
fn obstacle(host: &HostModel) -> Option<(String, Diagnostic)> {
    let obstacle = host.built.as_ref().err()?;
    let name = host.host.name.to_string();
    let message = format!("it cannot be followed: {}", obstacle.reason);
    let written = host.host.binding.as_ref().map(|binding| binding.origin());
    let diagnostic = Diagnostic::error("host-not-understood", message)
        .host(&name)
        .at_origin(written.as_ref())
        .at_origin(obstacle.origin.as_ref())
        .help("make the changes for this host by hand; --keep-going migrates the other hosts meanwhile");
    Some((name, diagnostic))
}

/// A module that a host names but git does not track: Nix would fail on it, and what it holds cannot be known.
fn missing_module(before: &Model, host: &HostModel) -> Option<(String, Diagnostic)> {
    let built = host.built.as_ref().ok()?;
    let tree = before.flake.tree();
    let problem = |module: &Module| match &module.key {
        // A text that is no text, such as an encrypted one, is as opaque as a module of an input.
        ModuleKey::File(file) if module.certain && !tree.is_binary(file) => {
            Some((file.clone(), tree.file(file).err()?))
        }
        _ => None,
    };
    let mut modules = built.modules.all.iter();
    let (module, (file, problem)) = modules.find_map(|module| Some((module, problem(module)?)))?;
    let name = host.host.name.to_string();
    let (why, help) = match problem {
        ReadProblem::Missing => (
            "which git does not track".to_string(),
            "add the file to git with `git add`, or remove the import",
        ),
        ReadProblem::Unreadable(why) => (
            format!("which cannot be read: {why}"),
            "make it a readable file of the repository, or remove the import",
        ),
    };
    let message = format!("it imports `{file}`, {why}");
    let written = host.host.binding.as_ref().map(|binding| binding.origin());
    let diagnostic = Diagnostic::error("module-missing", message)
        .host(&name)
        .at_origin(written.as_ref())
        .at_origin(module.origin.as_ref())
        .help(help);
    Some((name, diagnostic))
}

/// A module above the root of the repository, where a flake cannot reach.
fn outside_module(host: &HostModel) -> Option<(String, Diagnostic)> {
    let built = host.built.as_ref().ok()?;
    let leaves = |module: &&Module| {
        let is_outside = matches!(&module.key, ModuleKey::Opaque(what) if what.contains("leaves the repository"));
        is_outside && module.certain
    };
    let module = built.modules.all.iter().find(leaves)?;
    let name = host.host.name.to_string();
    let message = "it imports a file outside the repository, which a flake cannot see";
    let diagnostic = Diagnostic::error("module-missing", message)
        .host(&name)
        .at_origin(module.origin.as_ref())
        .help("move the file into the repository, or remove the import");
    Some((name, diagnostic))
}

/// A module that is not Nix: Nix would fail on it, and what it says of the host cannot be known.
fn invalid_module(before: &Model, host: &HostModel) -> Option<(String, Diagnostic)> {
    let built = host.built.as_ref().ok()?;
    let tree = before.flake.tree();
    let error = |module: &Module| {
        let ModuleKey::File(file) = &module.key else {
            return None;
        };
        let file = tree.file(file).ok().filter(|_| module.certain)?;
        syntax_errors(&file).err()?.into_iter().next()
    };
    let error = built.modules.all.iter().find_map(error)?;
    let name = host.host.name.to_string();
    let mut diagnostic = Diagnostic::error("module-invalid", error.message).host(&name);
    diagnostic.place = error.place;
    Some((name, diagnostic))
}

/// What is said of a flake without hosts, or with hosts where nixfix does not follow them.
fn no_hosts(flake: &Flake) -> Diagnostic {
    let file = &flake.file.path;
    let Some((table, place)) = among_packages(flake) else {
        return Diagnostic::error("no-hosts", format!("`{file}` has no nixosConfigurations"))
            .in_file(file.clone())
            .help("--only add-input adds the input alone");
    };
    let message = format!(
        "the hosts of `{file}` are in `{table}`, once for each system, and only a `nixosConfigurations` of the flake itself is followed"
    );
    let diagnostic = Diagnostic::error("hosts-in-packages", message).help(
        "make them `nixosConfigurations` of the flake, or migrate them by hand; --only add-input adds the input alone",
    );
    diagnostic.in_file(file.clone()).at_origin(place.as_ref())
}

/// What is wrong where no host, or not every host, can be seen.
pub(super) fn hidden_hosts(before: &Model, request: &Request) -> Option<Diagnostic> {
    let flake = &before.flake;
    let Some(hidden) = &flake.hidden_hosts else {
        return flake.hosts.is_empty().then(|| no_hosts(flake));
    };
    let all = if flake.hosts.is_empty() {
        "the hosts"
    } else {
        "some hosts"
    };
    let severity = match (request.keep_going, flake.hosts.is_empty()) {
        (true, false) => Severity::Warning,
        _ => Severity::Error,
    };
    let message = format!(
        "{all} of `{}` cannot be seen: {}",
        flake.file.path,
        hidden.describe()
    );
    let diagnostic = Diagnostic::new(severity, "hosts-hidden", message).help(
        "write the hosts in a way that nixfix can follow, or migrate them by hand; --only add-input adds the input alone",
    );
    let diagnostic = diagnostic.in_file(flake.file.path.clone());
    Some(diagnostic.at_origin(hidden.origin.as_ref()))
}

/// What is wrong where the evaluator has given up: what it was asked last it did not know, and nobody can tell which hosts that
/// is about.
pub(super) fn exhausted(before: &Model) -> Option<Diagnostic> {
    let flake = &before.flake;
    let message = format!(
        "`{}` takes more than {FUEL} steps to evaluate, and what its hosts have is not known",
        flake.file.path
    );
    let diagnostic = Diagnostic::error("evaluation-too-long", message)
        .help("migrate the hosts by hand; --only add-input adds the input alone");
    let diagnostic = diagnostic.in_file(flake.file.path.clone());
    flake.ev.is_exhausted().then_some(diagnostic)
}
