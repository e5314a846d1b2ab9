//! nixfix refactors a NixOS flake repository in place.

pub mod diagnostic;
pub mod edit;
pub mod git;
pub mod path;
pub mod plan;
pub mod write;
