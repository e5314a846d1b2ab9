//! The whole plan of a small random repository, proof and second plan included.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nixfix_fuzz::plan(bytes));
