//! nixfix refactors a NixOS flake repository in place: it adds a flake input, an overlay and hardware profiles, removes
//! an old overlay, proves the result, and commits it.
//!
//! Three promises shape the design:
//!
//! 1. **It finds every host for real.** [`eval`] evaluates the flake without Nix, and every value knows where it was
//!    written. A helper function or another file is no special case.
//! 2. **It touches nothing else.** Every change is an [`edit`]: a splice of the original text.
//! 3. **It proves its own result before it shows it.** [`proof`] evaluates the edited tree again and compares. What cannot
//!    be proven is refused, with a [`diagnostic`].
//!
//! # The way of the data
//!
//! ```text
//! cli -> tree -> expr -> eval -> flake -> pass -> proof -> plan -> report -> write -> git
//! ```
//!
//! [`tree`] holds the files that git tracks, and [`expr`] is what one of them says. [`flake`] makes hosts of values, each
//! with its modules, overlays and machine file. A [`pass`] asks that model and gets its edits from [`rewrite`]; what to add and remove is a [`recipe`]. The
//! [`plan`] is all that is to happen, as data. Nothing before [`write`](mod@write) touches the disk, so a dry run and a
//! real run are the same up to there.
//!
//! # Reading order
//!
//! [`edit`], [`diagnostic`] and [`plan`] are the contracts. Then [`tree`], [`expr`], [`eval`], [`flake`], one pass, [`proof`]; last
//! [`run`], which strings them together. `docs/architecture.md` has the picture and how to add a pass.

pub mod cli;
pub mod diagnostic;
pub mod edit;
pub mod eval;
pub mod explain;
pub mod expr;
pub mod flake;
pub mod git;
pub mod hook;
pub mod init;
pub mod interactive;
pub mod message;
pub mod nix;
pub mod pass;
pub mod path;
pub mod plan;
pub mod proof;
pub mod recipe;
pub mod report;
pub mod rewrite;
pub mod run;
pub mod shell;
pub mod stack;
pub mod syntax;
pub mod tree;
pub mod verify;
pub mod write;
