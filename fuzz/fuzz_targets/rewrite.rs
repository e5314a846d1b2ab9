//! A random rewrite at a random place of any text.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nixfix_fuzz::rewrite(bytes));
