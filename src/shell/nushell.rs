//! Nushell: an external completer, which is asked for every word behind `nixfix`; any other command goes to the one that
//! was set before.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::complete;
use clap_complete::env::EnvCompleter;
use serde_json::json;

use super::filled;

/// Nushell.
pub(super) struct Nushell;

impl EnvCompleter for Nushell {
    fn name(&self) -> &'static str {
        "nushell"
    }

    fn is(&self, name: &str) -> bool {
        name == "nushell" || name == "nu"
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        buf.write_all(filled(SCRIPT, var, bin, completer).as_bytes())
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let last = args.len().saturating_sub(1);
        let candidates = complete(cmd, args, last, current_dir)?;
        let shown = candidates
            .iter()
            .filter(|one| !one.is_hide_set())
            .map(|one| {
                let help = one.get_help().map(ToString::to_string);
                let help = help.unwrap_or_default();
                let first = help.lines().next().unwrap_or_default();
                json!({ "value": one.get_value().to_string_lossy(), "description": first })
            });
        write!(buf, "{}", json!(shown.collect::<Vec<_>>()))
    }
}

const SCRIPT: &str = r#"# Completions of BINARY for nushell.
let before_BINARY = ($env.config.completions?.external?.completer? | default null)
$env.config.completions.external = {
  enable: true
  max_results: ($env.config.completions?.external?.max_results? | default 100)
  completer: {|spans|
    if ($spans | first | path basename) == "BINARY" {
      with-env { VARIABLE: "nushell" } { ^COMPLETER -- ...$spans } | from json
    } else if $before_BINARY != null {
      do $before_BINARY $spans
    }
  }
}
"#;
