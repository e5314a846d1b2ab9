//! Ctrl-C and its like while Nix runs.
//!
//! Nix runs in a process group of its own, so the terminal's Ctrl-C does not reach it. It is caught instead: Nix is ended
//! and the run fails, which puts back what was written. At any other time a signal does what it always does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// While it lives, signals are noted instead of obeyed.
pub(super) struct Watch(&'static Flags);

struct Flags {
    caught: Arc<AtomicBool>,
    obey: Arc<AtomicBool>,
}

impl Watch {
    /// Starts to note signals.
    ///
    /// # Errors
    /// The system refuses a handler.
    pub(super) fn start() -> Result<Watch> {
        static FLAGS: OnceLock<Flags> = OnceLock::new();
        let flags = match FLAGS.get() {
            Some(flags) => flags,
            None => {
                let registered = Flags::register().context("could not watch for signals")?;
                FLAGS.get_or_init(|| registered)
            }
        };
        // What came since the last watch is not forgotten.
        flags.obey.store(false, Ordering::SeqCst);
        Ok(Watch(flags))
    }

    /// Whether a signal came.
    pub(super) fn caught(&self) -> bool {
        self.0.caught.load(Ordering::SeqCst)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.obey.store(true, Ordering::SeqCst);
    }
}

impl Flags {
    fn register() -> std::io::Result<Flags> {
        let flags = Flags {
            caught: Arc::default(),
            obey: Arc::new(AtomicBool::new(true)),
        };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            flag::register_conditional_default(signal, flags.obey.clone())?;
            flag::register(signal, flags.caught.clone())?;
        }
        Ok(flags)
    }
}
