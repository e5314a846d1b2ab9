//! The guard, both parsers and the evaluator, on any text.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nixfix_fuzz::evaluate(bytes));
