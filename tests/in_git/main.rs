//! nixfix and git on one repository, both as programs: what is staged, the hook before a commit, and what the guard
//! refuses.

#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]
#![allow(clippy::print_stdout, reason = "a test says what it measured")]

mod framework;
mod guard;
mod hook;
mod hostile;
mod layouts;
mod listings;
mod memo;
mod message;
mod sandbox;
mod soon;
mod staged;
