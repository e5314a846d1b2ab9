//! How a flake hangs together, in words: its hosts, their modules with what these import, and where overlays are applied.

use super::Flake;
use super::describe::{Part, of_module, of_overlay, place};
use super::hosts::Host;
use super::model::{Built, Model};
use super::modules::ModuleKey;
use super::overlays::OverlayList;
use crate::path::RepoPath;

/// A file and a 1-based line.
pub type Place = (RepoPath, usize);

/// A flake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The flake.nix.
    pub flake: RepoPath,
    /// The declared inputs: name, and flakeref where it is known.
    pub inputs: Vec<(String, Option<String>)>,
    /// The hosts, in Nix's order.
    pub hosts: Vec<HostOutline>,
    /// What keeps further hosts out of sight.
    pub hidden: Option<String>,
}

/// A host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostOutline {
    /// Its name.
    pub name: String,
    /// Where it is built.
    pub place: Option<Place>,
    /// The input that builds it, or why it cannot be followed.
    pub builder: Result<String, String>,
    /// The overlays of a package set that it is given.
    pub overlays: Vec<Site>,
    /// The modules of its module list.
    pub modules: Vec<Branch>,
}

/// A module, and what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The module.
    pub part: Part,
    /// Its file, where it is one of the repository.
    pub file: Option<RepoPath>,
    /// The overlays that it sets.
    pub overlays: Vec<Site>,
    /// The modules that it imports.
    pub imports: Vec<Branch>,
}

/// A place where overlays are applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Where the list is written.
    pub place: Option<Place>,
    /// The overlays in it.
    pub overlays: Vec<Part>,
}

/// The outline of a flake; of one host alone where `only` names it.
pub fn outline(model: &Model, only: Option<&str>) -> Outline {
    let flake = &model.flake;
    let declared = flake.inputs.iter().filter(|input| input.binding.is_some());
    let hosts = model.hosts().iter();
    let hosts = hosts.filter(|host| only.is_none_or(|only| *host.host.name == *only));
    Outline {
        flake: flake.file.path.clone(),
        inputs: declared
            .map(|input| (input.name.to_string(), reference(input)))
            .collect(),
        hosts: hosts
            .map(|host| match &host.built {
                Ok(built) => of_host(flake, &host.host, built),
                Err(obstacle) => unknown_host(flake, &host.host, &obstacle.reason),
            })
            .collect(),
        hidden: flake.hidden_hosts.as_ref().map(|hidden| hidden.describe()),
    }
}

fn reference(input: &super::inputs::Input) -> Option<String> {
    let alias = input
        .follows
        .as_ref()
        .map(|target| format!("follows {target}"));
    input.url.clone().or(alias)
}

fn unknown_host(flake: &Flake, host: &Host, reason: &str) -> HostOutline {
    let written = host.binding.as_ref().map(|site| site.origin());
    HostOutline {
        name: host.name.to_string(),
        place: place(flake, written.as_ref()),
        builder: Err(reason.to_string()),
        overlays: Vec::new(),
        modules: Vec::new(),
    }
}

fn of_host(flake: &Flake, host: &Host, built: &Built) -> HostOutline {
    let system = built.system.origin.as_ref();
    let written = host.binding.as_ref().map(|site| site.origin());
    HostOutline {
        name: host.name.to_string(),
        place: place(flake, system).or(place(flake, written.as_ref())),
        builder: Ok(built.system.builder.to_string()),
        overlays: sites(flake, built, None),
        modules: below(flake, built, None),
    }
}

/// The modules that the module of that index imports; `None` for those of the host's own list.
fn below(flake: &Flake, built: &Built, parent: Option<usize>) -> Vec<Branch> {
    let modules = built.modules.all.iter().enumerate();
    let children = modules.filter(|(_, module)| module.parent == parent);
    let branch = |(index, module): (usize, &super::modules::Module)| Branch {
        part: of_module(flake, built, module),
        file: match &module.key {
            ModuleKey::File(file) => Some(file.clone()),
            _ => None,
        },
        overlays: sites(flake, built, Some(index)),
        imports: below(flake, built, Some(index)),
    };
    children.map(branch).collect()
}

/// The lists of overlays that a module sets, or that a package set holds.
fn sites(flake: &Flake, built: &Built, module: Option<usize>) -> Vec<Site> {
    let lists = built.overlays.lists.iter();
    let here = lists.filter(|list| list.module == module);
    let site = |list: &OverlayList| {
        let binding = list.binding.as_ref().map(|site| site.origin());
        let all = list.overlays(flake);
        Site {
            place: place(flake, binding.as_ref().or(list.value.origin.as_ref())),
            overlays: all.iter().map(|one| of_overlay(flake, one)).collect(),
        }
    };
    here.map(site)
        .filter(|site| !site.overlays.is_empty())
        .collect()
}
