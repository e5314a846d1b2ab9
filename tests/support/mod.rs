//! The judge of the tests: the real Nix evaluates a repository before and after a migration, and the two are compared.
//!
//! Reading order: [`nix`] runs `nix-instantiate`, [`tree`] lays the repositories out, [`scan`] finds what their stubs must
//! offer, [`evaluate`](mod@evaluate) asks for many repositories at once, [`hosts`] is its
//! answer, [`expectation`] what a migration is meant to do, and [`compare`] says what is wrong, [`host_pair`] by host.

pub mod compare;
pub mod evaluate;
pub mod expectation;
pub mod host_pair;
pub mod hosts;
pub mod nix;
pub mod scan;
pub mod tree;
pub mod values;
