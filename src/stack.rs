//! The one thread that parses, evaluates and drops syntax trees: its stack is made for deep nesting.

use std::thread;

/// The parser, and the dropping of a tree, recurse as deep as the text nests. Memory that is not touched costs nothing.
const STACK: usize = 1 << 29;

/// Runs `f` on a thread with a deep stack and gives its result.
///
/// # Errors
/// The system's, where it has no room for such a thread.
pub fn run_deep<T: Send>(f: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, f)?;
        match worker.join() {
            Ok(value) => Ok(value),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
