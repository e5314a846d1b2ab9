//! The binary on a terminal, as the kernel makes one: what it asks, and what it shows where someone is watching.

#![allow(
    clippy::unwrap_used,
    reason = "a failed step of the set-up is a failed test"
)]

mod interactive;
mod progress;
mod pty;
mod repository;
mod screens;
mod snapshots;
