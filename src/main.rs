//! The thin binary: parse the arguments, run the command, map the result to an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use nixfix::cli::Cli;
use nixfix::{run, stack};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match stack::run_deep(|| run::run(cli)) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => fail(&format!("{error:#}")),
        Err(error) => fail(&format!("could not start: {error}")),
    }
}

fn fail(message: &str) -> ExitCode {
    // Where stderr is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "error: {message}");
    ExitCode::from(run::REFUSED)
}
