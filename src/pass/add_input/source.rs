//! Declaring the input a second time, in the modules that a generated flake.nix is made from.

use rnix::ast::{self, HasEntry};
use rowan::ast::AstNode;

use super::super::Changes;
use super::declare::nested;
use crate::eval::value::Site;
use crate::flake::Flake;
use crate::flake::generated::{Generated, refusal};
use crate::flake::inputs::Input as Declared;
use crate::recipe::Input;
use crate::rewrite::{self, Position};
use crate::syntax::{attrpath_names, node_at, range_of};

/// Declares the input beside one that a module of the user declares, the followed one if it is there.
pub(super) fn declare(
    changes: &mut Changes,
    flake: &Flake,
    source: &Generated,
    input: &Input,
    follows: &[(String, String)],
) {
    if source.inputs.iter().any(|one| *one.name == *input.name) {
        // It was declared since the flake.nix was generated.
        return;
    }
    let followed = |one: &&Declared| follows.iter().any(|(_, right)| *right == *one.name);
    let (first, rest): (Vec<_>, Vec<_>) = source.inputs.iter().partition(followed);
    let places = first.into_iter().chain(rest);
    let place = places
        .filter_map(|one| Some((one, one.binding.as_ref()?)))
        .filter(|(_, site)| flake.is_users(&site.origin()))
        .find_map(|(one, site)| Place::beside(&one.name, site));
    let Some(place) = place else {
        return changes.say(refusal(&flake.file));
    };
    let file = &place.site.file().path;
    let binding = nested(input, follows, &place.prefix);
    let text = &place.site.file().text;
    let edits = rewrite::add_binding(text, &place.set, &place.position, &binding);
    changes.edit(file, edits);
    changes.done(format!(
        "Add the input `{}` to `{file}`, which `{}` is generated from",
        input.name, flake.file.path
    ));
}

/// A place beside the declaration of another input.
struct Place<'s> {
    site: &'s Site,
    set: ast::AttrSet,
    /// What the paths of inputs begin with there.
    prefix: String,
    position: Position,
}

impl<'s> Place<'s> {
    /// Behind everything that the set of `site` says of the input `name`.
    fn beside(name: &str, site: &'s Site) -> Option<Place<'s>> {
        let root = site.file().root().ok()?;
        let entry = node_at::<ast::AttrpathValue>(&root, site.range())?;
        let set = ast::AttrSet::cast(entry.syntax().parent()?)?;
        let path = attrpath_names(&entry.attrpath()?)?;
        // `nixpkgs.url`, or `flake-file.inputs.nixpkgs.url`.
        let is_here = |at: &usize| path[*at] == name && (*at == 0 || path[at - 1] == "inputs");
        let depth = (0..path.len()).find(is_here)?;
        let says = |entry: &ast::AttrpathValue| {
            let names = entry.attrpath().and_then(|path| attrpath_names(&path));
            names.is_some_and(|names| names.starts_with(&path[..=depth]))
        };
        let last = set.attrpath_values().filter(says).last()?;
        let prefix: String = path[..depth]
            .iter()
            .map(|name| format!("{name}."))
            .collect();
        let position = Position::After(range_of(&last));
        Some(Place {
            site,
            set,
            prefix,
            position,
        })
    }
}
