//! What is known of one host, in words: the modules it reaches and the overlays it applies.

use super::Flake;
use super::model::{Built, Model};
use super::modules::{Module, ModuleKey};
use super::overlays::Overlay;
use crate::eval::value::Origin;
use crate::path::RepoPath;
use crate::tree::Tree;

/// What a host is made of, each with the place where it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// Its modules in the order in which the module system sees them.
    pub modules: Vec<Part>,
    /// Its overlays in the order in which they are applied.
    pub overlays: Vec<Part>,
}

/// A module or an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is: a file, or what it is called.
    pub name: String,
    /// The file and line that name it, or where it is written in place.
    pub place: Option<(RepoPath, usize)>,
    /// How many modules lead to it.
    pub depth: usize,
    /// Whether it is there under every condition.
    pub certain: bool,
}

/// What is known of the host `name` of the flake at `path`; `None` where it cannot be followed.
pub fn describe(tree: &Tree, path: &RepoPath, name: &str) -> Option<Description> {
    let model = Model::read(tree, path).ok()?;
    let (_, _, built) = model.built().find(|(_, host, _)| &*host.name == name)?;
    let overlays = &built.overlays.all;
    Some(Description {
        modules: built
            .modules
            .all
            .iter()
            .map(|module| of_module(&model.flake, built, module))
            .collect(),
        overlays: overlays
            .iter()
            .map(|overlay| of_overlay(&model.flake, overlay))
            .collect(),
    })
}

pub(super) fn of_module(flake: &Flake, built: &Built, module: &Module) -> Part {
    let name = match &module.key {
        ModuleKey::File(file) => file.to_string(),
        ModuleKey::Inline(..) => "written in place".to_string(),
        ModuleKey::Opaque(name) => name.replace('`', ""),
    };
    let parents = std::iter::successors(module.parent, |index| built.modules.all[*index].parent);
    Part {
        name,
        place: place(flake, module.origin.as_ref()),
        depth: parents.count(),
        certain: module.certain,
    }
}

pub(super) fn of_overlay(flake: &Flake, overlay: &Overlay) -> Part {
    let file = overlay.file().map(ToString::to_string);
    let name = file.unwrap_or_else(|| overlay.value.describe().replace('`', ""));
    Part {
        name,
        place: place(flake, overlay.origin()),
        depth: 0,
        certain: overlay.certain,
    }
}

pub(super) fn place(flake: &Flake, origin: Option<&Origin>) -> Option<(RepoPath, usize)> {
    let origin = origin.filter(|origin| flake.is_users(origin))?;
    Some((origin.file.path.clone(), origin.line()))
}
