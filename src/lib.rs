//! nixfix refactors a NixOS flake repository in place.

pub mod diagnostic;
pub mod edit;
pub mod path;
pub mod plan;
pub mod write;
