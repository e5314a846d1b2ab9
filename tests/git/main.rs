//! The git side against the real git: what nixfix stages and commits is what git itself would have, and all else stays.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod sandbox;

mod repository;

mod guard;

mod commit;

mod hooks;

mod sign;

mod identity;

mod meanwhile;

mod faults;
