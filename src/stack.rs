//! The one stack on which everything is parsed, evaluated and dropped: it is made for deep nesting.

use std::io::{Error, ErrorKind, Result};

use rustix::process::{Resource, getrlimit};

/// The parser, and the dropping of a tree, recurse as deep as the text nests. Memory that is not touched costs nothing.
const STACK: usize = 1 << 29;
/// What else a process has mapped by then, and some more.
const BESIDES: usize = 1 << 27;

/// Runs `f` on a deep stack and gives its result. It stays on its thread: to start another costs a tenth of a run that has
/// nothing else to do, and what the allocator holds for the first one would be memory for nothing.
///
/// # Errors
/// Where a limit of address space leaves no room for such a stack.
///
/// # Panics
/// As `f` does, and where the system has no room for another reason.
pub fn run_deep<T>(f: impl FnOnce() -> T) -> Result<T> {
    let limit = getrlimit(Resource::As).current;
    if limit.is_some_and(|limit| limit < (STACK + BESIDES) as u64) {
        let why = "the limit of address space (`ulimit -v`) leaves no room for a stack of 512 MiB";
        return Err(Error::new(ErrorKind::OutOfMemory, why));
    }
    Ok(stacker::grow(STACK, f))
}
