//! nixfix refactors a NixOS flake repository in place.

pub mod cli;
pub mod diagnostic;
pub mod edit;
pub mod eval;
pub mod flake;
pub mod git;
pub mod nix;
pub mod pass;
pub mod path;
pub mod plan;
pub mod proof;
pub mod recipe;
pub mod report;
pub mod rewrite;
pub mod run;
pub mod stack;
pub mod syntax;
pub mod tree;
pub mod verify;
pub mod write;
