//! The whole plan of a small random repository whose parts are put together freely, proof and second plan included.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nixfix_fuzz::mixed(bytes));
