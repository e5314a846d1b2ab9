//! nixfix refactors a NixOS flake repository in place.

pub mod cli;
pub mod diagnostic;
pub mod edit;
pub mod path;
pub mod plan;
pub mod recipe;
