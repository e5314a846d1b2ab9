//! The thin binary: parse the arguments, run the command, map the result to an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use nixfix::cli::Cli;
use nixfix::message::message;
use nixfix::{run, shell, stack};

/// An evaluation allocates many small values and frees few of them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    if std::env::var_os(shell::VARIABLE).is_some() {
        return answer_shell();
    }
    let cli = Cli::parse();
    match stack::run_deep(|| run::run(cli)) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => fail(&message(&error)),
        Err(error) => fail(&format!("could not start: {error}")),
    }
}

/// Answers what a shell's completion asks.
fn answer_shell() -> ExitCode {
    let arguments = std::env::args_os().collect();
    let here = std::env::current_dir().ok();
    let answered = stack::run_deep(|| shell::answer(arguments, here.as_deref()));
    match answered {
        Ok(Ok(_)) => ExitCode::SUCCESS,
        Ok(Err(error)) => error.exit(),
        Err(error) => fail(&format!("could not start: {error}")),
    }
}

fn fail(message: &str) -> ExitCode {
    // Where stderr is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "error: {message}");
    ExitCode::from(run::REFUSED)
}
