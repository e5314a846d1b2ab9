//! Bash: it breaks words at `=`, so those of `--profile HOST=NAME` are put together again before nixfix is asked.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::complete;
use clap_complete::env::EnvCompleter;

use super::filled;

/// Bash.
pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
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
        for candidate in complete(cmd, args, last, current_dir)? {
            if !candidate.is_hide_set() {
                writeln!(buf, "{}", candidate.get_value().to_string_lossy())?;
            }
        }
        Ok(())
    }
}

const SCRIPT: &str = r#"# Completions of BINARY for bash.
_complete_BINARY() {
    local words=() word i whole prefix
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#words[@]} > 1)) && [[ $word == "=" || ${words[${#words[@]} - 1]} == *= ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
    done
    whole=${words[${#words[@]} - 1]}
    [[ $word == "=" ]] && word=
    prefix=${whole%"$word"}
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("${word#"$prefix"}")
    done < <(VARIABLE=bash COMPLETER -- "${words[@]}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -F _complete_BINARY BINARY
"#;
