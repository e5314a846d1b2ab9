//! `nixfix verify`, `apply --verify` and flake.lock: against a double of Nix for all that can go wrong, and end to end
//! against the real one.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod config;
mod double;
mod real;
#[path = "../support/schema.rs"]
mod schema;

mod with_hosts;

mod with_lock;

mod with_apply;

mod end_to_end;
