//! `Recipe`: what a migration adds and removes, as data.
//!
//! Merged from a recipe file (the built-in one, unless the user names another), the `nixfix.toml` beside the user's
//! flake.nix, and flags; later ones win key by key. Every path is a path of the repository, every Nix text parses,
//! and every name can be written into Nix text as it is. Knows nothing of the user's flake: that a host exists is for
//! the passes to check, at `Machine::place`.

use std::rc::Rc;

use crate::diagnostic::{Diagnostic, Place};
use crate::path::RepoPath;

mod advanced;
mod attribute;
mod check;
mod choices;
mod document;
mod fields;
mod input;
mod modules;
mod nix_text;
mod overlay_text;
mod profile_text;
mod read;
pub mod schema;
mod source;
pub mod suggest;

pub use advanced::OPT_IN;
pub use attribute::InputAttribute;
pub use input::{Follows, Input};
pub use modules::{HostModule, Modules, NamedHost};
pub use overlay_text::OVERLAY_ARGUMENT;
pub use source::Source;

/// The name of the file beside flake.nix that overrides the recipe.
pub const USER_FILE: &str = "nixfix.toml";

/// A recipe to be filled in: valid as it stands, with every key of the format explained.
pub const SKELETON: &str = include_str!("recipe/skeleton.toml");

/// What to add and what to remove. A part that is absent is not the recipe's business.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipe {
    /// The subject of the commit.
    pub title: String,
    /// The flake input to add.
    pub input: Option<Input>,
    /// The overlay file to write and to add to every host.
    pub overlay: Option<Overlay>,
    /// The overlay of an input to add to every host.
    pub input_overlay: Option<InputOverlay>,
    /// The modules of inputs to add to hosts.
    pub modules: Option<Modules>,
    /// The hardware profiles, one of which each machine imports.
    pub profiles: Option<Profiles>,
    /// The old overlays to delete.
    pub remove: Remove,
    /// A second overlay with profiles of its own.
    pub advanced: Option<Advanced>,
    /// Packages to add to Home Manager files.
    pub home: Vec<HomePackage>,
    /// The user's word on machines' profiles, each host once.
    pub machines: Vec<Machine>,
}

/// An overlay file: `{ inputs, ... }: final: prev: { ... }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// Where it is written.
    pub path: RepoPath,
    /// Its text.
    pub text: Rc<str>,
    /// The attributes it defines, in source order.
    pub defines: Vec<String>,
    /// The flake inputs its text selects from `inputs`: the flake must have each of them.
    pub inputs: Vec<String>,
}

impl Overlay {
    /// What it is called among other overlays: its file's name, without `-overlay`. `None` where that is no identifier.
    pub fn name(&self) -> Option<&str> {
        let stem = self.path.stem();
        let name = stem.strip_suffix("-overlay").unwrap_or(stem);
        check::is_input_name(name).then_some(name)
    }
}

/// An overlay that an input offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputOverlay {
    /// The overlay.
    pub attribute: InputAttribute,
    /// The attributes that it defines, as far as the recipe says.
    pub defines: Vec<String>,
}

/// The profiles that machines choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profiles {
    /// Where their files go; `None` means `hardware-profiles/` beside the machine files.
    pub dir: Option<RepoPath>,
    /// The one for a machine without evidence; it is one of `files`.
    pub default: String,
    /// Packages of nixpkgs that a profile's package replaces: both have programs of the same names.
    pub replaces: Vec<String>,
    /// The attribute of a profile's package that tells how it is built.
    pub inspect: Option<String>,
    /// The profiles in the order in which they are written.
    pub files: Vec<Profile>,
}

/// One profile file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name, which is its file name without `.nix`.
    pub name: String,
    /// Its text.
    pub text: Rc<str>,
    /// The package it installs, where the text plainly says one.
    pub package: Option<String>,
}

impl Profile {
    /// Its file name.
    pub fn file_name(&self) -> String {
        format!("{}.nix", self.name)
    }
}

/// The files to delete, each with every reference to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remove {
    /// From a recipe: each by its path, else any tracked file of that name.
    pub files: Vec<RepoPath>,
    /// From the command line: each by its path, and it must exist.
    pub given: Vec<RepoPath>,
}

/// A second overlay and its profiles, which go to the directory of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advanced {
    /// Whether the user opted in. Without, its profiles are known by name but not to be chosen or written.
    pub enabled: bool,
    /// The overlay.
    pub overlay: Overlay,
    /// Its profiles in the order in which they are written.
    pub profiles: Vec<Profile>,
}

/// A package for a Home Manager file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomePackage {
    /// The Home Manager file.
    pub file: RepoPath,
    /// An attribute that one of the recipe's overlays defines.
    pub package: String,
    /// Where `nixfix.toml` says so.
    pub place: Option<Place>,
}

/// The user's word on a machine's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The host's attribute name.
    pub host: String,
    /// One of `Recipe::choosable_profiles`.
    pub profile: String,
    /// Where `nixfix.toml` names the host.
    pub place: Option<Place>,
}

/// What the command line adds to the recipe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--profile HOST=NAME`.
    pub machines: Vec<(String, String)>,
    /// `--home FILE=PACKAGE`.
    pub home: Vec<(RepoPath, String)>,
    /// `--remove FILE`.
    pub remove: Vec<RepoPath>,
    /// `--advanced`.
    pub advanced: bool,
}

impl Recipe {
    /// The recipe of `sources`, each over the ones before it, and of `flags` over all, for the flake in `flake_dir`.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the places.
    pub fn load(
        sources: Vec<Source>,
        flags: &Flags,
        flake_dir: &RepoPath,
    ) -> Result<Recipe, Vec<Diagnostic>> {
        let mut merged: Option<document::Node> = None;
        let mut problems = Vec::new();
        for source in sources {
            match (document::parse(&mut problems, source), &mut merged) {
                (Some(upper), Some(lower)) => document::merge(lower, upper),
                (Some(first), None) => merged = Some(first),
                (None, _) => {}
            }
        }
        let Some(root) = merged.filter(|_| problems.is_empty()) else {
            problems.sort_by(|a, b| a.place.cmp(&b.place));
            return if problems.is_empty() {
                Ok(Recipe::default())
            } else {
                Err(problems)
            };
        };
        read::read(&root, flags, flake_dir).map_err(|mut problems| {
            problems.sort_by(|a, b| a.place.cmp(&b.place));
            problems
        })
    }

    /// The same recipe with its input under another name. Overlay files are left as they are.
    pub fn with_input_named(&self, name: &str) -> Recipe {
        let mut recipe = self.clone();
        let Some(input) = &mut recipe.input else {
            return recipe;
        };
        let old = std::mem::replace(&mut input.name, name.to_string());
        let overlays = recipe.input_overlay.iter_mut();
        let modules = recipe.modules.iter_mut().flat_map(Modules::each);
        let named = overlays
            .map(|overlay| &mut overlay.attribute)
            .chain(modules.flat_map(HostModule::each_name));
        for attribute in named.filter(|attribute| attribute.input == old) {
            attribute.input = name.to_string();
        }
        recipe
    }

    /// The subject of the commit for a recipe that says none.
    fn default_title(&self) -> String {
        match (&self.input, self.remove.files.as_slice()) {
            (Some(input), _) => format!("Add {} to the hosts", input.name),
            (None, [file]) => format!("Remove {file}"),
            (None, _) => "Migrate the hosts".to_string(),
        }
    }

    /// The overlay files that hosts get: the first, and the advanced one if the user opted in.
    pub fn overlays(&self) -> impl Iterator<Item = &Overlay> {
        let advanced = self.advanced.iter().filter(|advanced| advanced.enabled);
        self.overlay
            .iter()
            .chain(advanced.map(|advanced| &advanced.overlay))
    }

    /// The profiles that a machine may choose.
    pub fn choosable_profiles(&self) -> impl Iterator<Item = &Profile> {
        let advanced = self.advanced.iter().filter(|advanced| advanced.enabled);
        let plain = self.profiles.iter().flat_map(|profiles| &profiles.files);
        plain.chain(advanced.flat_map(|advanced| &advanced.profiles))
    }

    /// Every profile of the recipe, also those not opted in to: a machine may import one since an earlier run.
    pub fn known_profiles(&self) -> impl Iterator<Item = &Profile> {
        let plain = self.profiles.iter().flat_map(|profiles| &profiles.files);
        plain.chain(self.advanced.iter().flat_map(|advanced| &advanced.profiles))
    }

    /// The packages that the hosts' overlays define.
    pub fn packages(&self) -> impl Iterator<Item = &str> {
        let of_files = self.overlays().flat_map(|overlay| &overlay.defines);
        let of_input = self.input_overlay.iter().flat_map(|one| &one.defines);
        of_files.chain(of_input).map(String::as_str)
    }

    /// The user's word on `host`.
    pub fn machine(&self, host: &str) -> Option<&Machine> {
        self.machines.iter().find(|machine| machine.host == host)
    }
}

#[cfg(test)]
mod tests;
