//! The input under the name that the flake gives it: the same repository is not declared twice.

use std::borrow::Cow;

use crate::flake::Flake;
use crate::flake::repository::is_same_repository;
use crate::recipe::Recipe;

/// The recipe for this flake: where the flake has the input's repository under another name, it is that name. A recipe
/// whose overlay files select the input by its name keeps it.
pub(super) fn adopted<'r>(flake: &Flake, recipe: &'r Recipe) -> Cow<'r, Recipe> {
    let Some(input) = &recipe.input else {
        return Cow::Borrowed(recipe);
    };
    let is_declared = |name: &str| flake.input(name).is_some_and(|one| one.binding.is_some());
    let advanced = recipe.advanced.iter().map(|advanced| &advanced.overlay);
    let mut files = recipe.overlay.iter().chain(advanced);
    if is_declared(&input.name) || files.any(|overlay| overlay.inputs.contains(&input.name)) {
        return Cow::Borrowed(recipe);
    }
    let repositories = input.repositories();
    let mut declared = flake.inputs.iter().filter(|one| one.binding.is_some());
    match declared.find(|one| is_same_repository(flake, one, &repositories)) {
        Some(other) => Cow::Owned(recipe.with_input_named(&other.name)),
        None => Cow::Borrowed(recipe),
    }
}
