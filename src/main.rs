//! The thin binary: parse the arguments, run the command, map the result to an exit code.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use nixfix::cli::Cli;
use nixfix::message::message;
use nixfix::report::visible;
use nixfix::{run, shell, stack};

/// An evaluation allocates many small values and frees few of them. Huge pages would make a small run hold several MiB that
/// it never needs.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match stack::run_deep(start) {
        Ok(code) => code,
        Err(error) => fail(&format!("could not start: {error}")),
    }
}

fn start() -> ExitCode {
    if std::env::var_os(shell::VARIABLE).is_some() {
        return answer_shell();
    }
    match Cli::try_parse() {
        Ok(cli) => run::run(cli).unwrap_or_else(|error| fail(&message(&error))),
        Err(error) => misused(&error),
    }
}

/// Answers what a shell's completion asks.
fn answer_shell() -> ExitCode {
    let arguments = std::env::args_os().collect();
    let here = std::env::current_dir().ok();
    match shell::answer(arguments, here.as_deref()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => error.exit(),
    }
}

/// A wrong command line, or a question about it.
fn misused(error: &clap::Error) -> ExitCode {
    let harmless = |argument: OsString| {
        let text = argument.to_string_lossy();
        visible(&text) == text
    };
    if !error.use_stderr() || std::env::args_os().all(harmless) {
        error.exit()
    }
    // It is shown with the words that are wrong, whose characters may be a terminal's commands.
    let message = error.render().to_string();
    fail(
        message
            .strip_prefix("error: ")
            .unwrap_or(&message)
            .trim_end(),
    )
}

fn fail(message: &str) -> ExitCode {
    // Where stderr is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "error: {}", visible(message));
    ExitCode::from(run::REFUSED)
}
