//! How much is said, and the trace of a very verbose run.

use std::io::{self, Write};

use crate::cli::Global;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    /// Only what is wrong.
    Quiet,
    /// What a user wants to know.
    Normal,
    /// Also what was decided and why, and how long it took.
    Verbose,
    /// Also the files that were read, and the names that could not be resolved.
    Trace,
}

impl Verbosity {
    /// What the flags say. The trace begins here, if there is one.
    pub fn of(global: &Global) -> Verbosity {
        let verbosity = match (global.quiet, global.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, 0) => Verbosity::Normal,
            (false, 1) => Verbosity::Verbose,
            (false, _) => Verbosity::Trace,
        };
        let level = match verbosity {
            Verbosity::Quiet | Verbosity::Normal => log::LevelFilter::Off,
            Verbosity::Verbose => log::LevelFilter::Debug,
            Verbosity::Trace => log::LevelFilter::Trace,
        };
        if log::set_logger(&TRACE).is_ok() {
            log::set_max_level(level);
        }
        verbosity
    }
}

static TRACE: Trace = Trace;

/// Writes what the stages trace to stderr, a line each.
struct Trace;

impl log::Log for Trace {
    fn enabled(&self, metadata: &log::Metadata) -> bool {
        metadata.target().starts_with("nixfix")
    }

    fn log(&self, record: &log::Record) {
        if self.enabled(record.metadata()) {
            // A stderr that takes nothing more is no reason to stop the work.
            let mut err = io::stderr().lock();
            let _ = match record.level() {
                log::Level::Trace => writeln!(err, "trace: {}", record.args()),
                _ => writeln!(err, "{}", record.args()),
            };
        }
    }

    fn flush(&self) {}
}
