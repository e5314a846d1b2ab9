//! Tapes of any content, for the tests that draw them at random.

use proptest::prelude::*;

/// Any tape.
pub fn tapes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..200)
}
