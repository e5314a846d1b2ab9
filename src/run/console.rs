//! The terminal: what goes to which stream, in which style.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;

use crate::cli::{Global, When};
use crate::report::Style;

/// Where output goes. Diffs and data go to stdout, everything else to stderr.
pub(super) struct Console {
    /// The style of stdout.
    pub out: Style,
    /// The style of stderr.
    pub err: Style,
    quiet: bool,
    /// Whether a line on stderr can be taken back.
    erasable: bool,
}

impl Console {
    pub(super) fn new(global: &Global) -> Console {
        let out = style(global.color, io::stdout().is_terminal());
        let err = style(global.color, io::stderr().is_terminal());
        // The styles decide; the library must not decide again.
        colored::control::set_override(out.color || err.color);
        let erasable = err.unicode && !global.quiet;
        Console {
            out,
            err,
            quiet: global.quiet,
            erasable,
        }
    }

    /// Prints what was asked for.
    pub(super) fn print(&self, text: &str) -> Result<()> {
        forgiving(io::stdout().lock().write_all(text.as_bytes()))
    }

    /// Says something that a script does not need.
    pub(super) fn say(&self, text: &str) -> Result<()> {
        if self.quiet {
            Ok(())
        } else {
            self.complain(text)
        }
    }

    /// Shows what is going on until the next call, where someone is watching; an empty text shows nothing.
    pub(super) fn progress(&self, text: &str) {
        if self.erasable {
            let cut: String = text
                .chars()
                .filter(|one| !one.is_control())
                .take(self.err.width.saturating_sub(1))
                .collect();
            // Who cannot be shown the progress misses nothing.
            let _ = write!(io::stderr().lock(), "\r\x1b[K{cut}");
            let _ = io::stderr().flush();
        }
    }

    /// Says what even a quiet run must say.
    pub(super) fn complain(&self, text: &str) -> Result<()> {
        forgiving(io::stderr().lock().write_all(text.as_bytes()))
    }
}

/// A reader that has seen enough is no error.
fn forgiving(result: io::Result<()>) -> Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

fn style(when: When, terminal: bool) -> Style {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let color = match when {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && wanted && !dumb,
    };
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Style {
        color,
        width: if terminal { width } else { usize::MAX },
        unicode: terminal && !dumb && speaks_utf8(|name| std::env::var(name).ok()),
    }
}

/// Whether the locale of the environment is one of UTF-8: the first of these that is set decides.
fn speaks_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let mut set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable);
    let locale = set.find(|value| !value.is_empty()).unwrap_or_default();
    let charset = locale.to_ascii_lowercase().replace('-', "");
    charset.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::speaks_utf8;

    #[test]
    fn the_first_variable_that_is_set_decides_on_the_charset() {
        let with = |all: &str, ctype: &str, lang: &str| {
            let given = [("LC_ALL", all), ("LC_CTYPE", ctype), ("LANG", lang)];
            speaks_utf8(|name| {
                let found = given.iter().find(|(one, _)| *one == name);
                found.map(|(_, value)| value.to_string())
            })
        };
        assert!(with("", "", "de_DE.UTF-8") && with("", "C.utf8", "C"));
        assert!(!with("C", "", "de_DE.UTF-8") && !with("", "", "") && !with("POSIX", "", ""));
    }
}
