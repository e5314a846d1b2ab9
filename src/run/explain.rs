//! `nixfix explain`.

use std::process::ExitCode;

use anyhow::{Result, bail};

use super::console::Console;
use crate::explain;
use crate::recipe::suggest::closest;
use crate::report;

/// Prints the longer text on `code`; without, every code.
pub(super) fn explain(console: &Console, code: Option<&str>) -> Result<ExitCode> {
    let all = explain::all();
    let Some(code) = code else {
        console.print(&report::explanations(&all, console.out))?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(found) = explain::find(code) else {
        let code = explain::bare(code);
        match closest(code, all.iter().map(|one| one.code)) {
            Some(likely) => bail!("there is no code `{code}`: did you mean `{likely}`?"),
            None => bail!("there is no code `{code}`; `nixfix explain` lists all of them"),
        }
    };
    console.print(&report::explanation(&found, console.out))?;
    Ok(ExitCode::SUCCESS)
}
