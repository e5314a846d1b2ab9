//! `Applied`: an overlay that hosts are to have, as a file that the recipe writes or as an attribute of an input.

use std::fmt;

use super::Layout;
use crate::flake::Flake;
use crate::flake::model::Built;
use crate::flake::overlays::Overlay as Found;
use crate::flake::scope::InputsEntry;
use crate::path::RepoPath;
use crate::recipe::{InputAttribute, InputOverlay, Overlay, Recipe};
use crate::rewrite::Style;

/// An overlay that hosts are to have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Applied<'a> {
    /// The overlay in the file at this path.
    File(&'a Overlay, &'a RepoPath),
    /// The overlay of an input.
    Attribute(&'a InputOverlay),
}

impl<'a> Applied<'a> {
    /// The overlay file of the recipe, where `layout` puts it.
    pub fn file(overlay: &'a Overlay, layout: &'a Layout) -> Applied<'a> {
        Applied::File(overlay, &layout.overlays[&overlay.path])
    }

    /// The overlays that every host is to have, but for the opt-in one.
    pub fn first(recipe: &'a Recipe, layout: &'a Layout) -> impl Iterator<Item = Applied<'a>> {
        let file = recipe.overlay.iter();
        let attribute = recipe.input_overlay.iter();
        file.map(|overlay| Applied::file(overlay, layout))
            .chain(attribute.map(Applied::Attribute))
    }

    /// Whether an overlay of a host is this one.
    pub fn is(&self, flake: &Flake, found: &Found) -> bool {
        match self {
            Applied::File(_, path) => found.file() == Some(*path),
            Applied::Attribute(InputOverlay { attribute, .. }) => {
                flake.is_attribute(&found.value, &attribute.input, &attribute.path)
            }
        }
    }

    /// Whether what is built of these modules has this overlay under every condition.
    pub fn applies_to(&self, flake: &Flake, built: &Built) -> bool {
        let mut all = built.overlays.all.iter();
        all.any(|one| one.certain && self.is(flake, one))
    }

    /// The file it is in.
    pub(super) fn path(&self) -> Option<&'a RepoPath> {
        match self {
            Applied::File(_, path) => Some(path),
            Applied::Attribute(_) => None,
        }
    }

    /// The attributes it defines, as far as they are known.
    pub fn defines(&self) -> &'a [String] {
        match self {
            Applied::File(overlay, _) => &overlay.defines,
            Applied::Attribute(overlay) => &overlay.defines,
        }
    }

    /// The input that has to be in reach where it is applied.
    pub fn input(&self) -> &'a str {
        match self {
            Applied::File(overlay, _) => overlay.inputs.first().map_or("nixpkgs", String::as_str),
            Applied::Attribute(overlay) => &overlay.attribute.input,
        }
    }

    /// What it is called among other overlays. `None` where that is no identifier.
    pub fn name(&self) -> Option<&'a str> {
        match self {
            Applied::File(overlay, _) => overlay.name(),
            Applied::Attribute(overlay) => Some(&overlay.attribute.input),
        }
    }

    /// The overlay as an expression in a file of `directory`, where `entry` names the inputs.
    pub(super) fn expression(
        &self,
        directory: &RepoPath,
        entry: &InputsEntry,
        style: &Style,
    ) -> String {
        match self {
            Applied::File(_, path) => {
                let argument = style.braces(&entry.text(|content| style.braces(content)));
                format!("import {} {argument}", path.relative_to(directory))
            }
            Applied::Attribute(overlay) => selection(entry, &overlay.attribute),
        }
    }

    /// An expression of it as a list item.
    pub(super) fn item(&self, expression: &str) -> String {
        match self {
            Applied::File(..) => format!("({expression})"),
            Applied::Attribute(_) => expression.to_string(),
        }
    }
}

impl fmt::Display for Applied<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Applied::File(_, path) => path.fmt(f),
            Applied::Attribute(overlay) => overlay.attribute.fmt(f),
        }
    }
}

/// The attribute of the input that `entry` gives a name to.
pub(super) fn selection(entry: &InputsEntry, attribute: &InputAttribute) -> String {
    let input = &attribute.input;
    match entry {
        InputsEntry::Inherit => attribute.to_string(),
        InputsEntry::Renamed(name) => format!("{name}.{}", attribute.of(input)),
        InputsEntry::OfSelf(name) => format!("{name}.inputs.{}", attribute.of(input)),
        InputsEntry::Alone(name) => attribute.of(name),
    }
}
