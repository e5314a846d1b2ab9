//! The judge of the tests: the real Nix evaluates a repository before and after a migration, and the two are compared.
//!
//! Reading order: [`nix`] runs `nix-instantiate`; [`tree`] lays the repositories out, and [`scan`] finds what their stubs
//! must offer; [`batch`] asks for many at once, and [`evaluate`](mod@evaluate) for both sides of each; [`hosts`] is the
//! answer, and [`expectation`] what a migration is meant to do; [`compare`] says what is wrong, host by host with
//! [`host_pair`], [`overlays`] and [`values`]. [`case`] reads a case of the corpus.

pub mod batch;
pub mod case;
pub mod compare;
pub mod evaluate;
pub mod expectation;
pub mod host_pair;
pub mod hosts;
pub mod nix;
pub mod overlays;
pub mod scan;
pub mod tree;
pub mod values;
