//! The terminal: what goes to which stream, in which style.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;

use super::pager;
use super::progress::Progress;
use super::verbosity::Verbosity;
use crate::cli::{Global, When};
use crate::report::{Style, visible};

/// Frames of the indicator.
const DOTS: [&str; 6] = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];
/// The same where only ASCII can be shown.
const BARS: [&str; 4] = ["-", "\\", "|", "/"];

/// Where output goes. Diffs and data go to stdout, everything else to stderr.
pub(super) struct Console {
    /// The style of stdout.
    pub out: Style,
    /// The style of stderr.
    pub err: Style,
    /// How much to say.
    pub verbosity: Verbosity,
    /// Whether a line on stderr can be taken back.
    erasable: bool,
    /// The rows of the terminal that both streams show, where a pager may be used.
    pageable: Option<usize>,
}

/// What is to be read from top to bottom, though its parts belong to different streams.
pub(super) struct Pages<'a> {
    /// For stderr, before the data; a quiet run leaves it out.
    pub before: &'a str,
    /// For stdout.
    pub data: &'a str,
    /// For stderr, last.
    pub after: &'a str,
}

impl Console {
    pub(super) fn new(global: &Global) -> Console {
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        let style = |terminal| style(global.color, terminal);
        let console = Console {
            out: style(out),
            err: style(err),
            verbosity: Verbosity::of(global),
            erasable: err && !is_dumb(),
            pageable: (out && err && !is_dumb() && !global.no_pager)
                .then(|| terminal_size::terminal_size().map(|(_, rows)| usize::from(rows.0)))
                .flatten(),
        };
        // The styles decide; the library must not decide again.
        colored::control::set_override(console.out.color || console.err.color);
        console
    }

    /// Prints what was asked for.
    pub(super) fn print(&self, text: &str) -> Result<()> {
        forgiving(io::stdout().lock().write_all(text.as_bytes()))
    }

    /// Prints what other programs are to read byte for byte; what somebody looks at instead is made safe to look at.
    pub(super) fn print_exactly(&self, text: &str) -> Result<()> {
        if io::stdout().is_terminal() {
            self.print(&visible(text))
        } else {
            self.print(text)
        }
    }

    /// Says something that a script does not need.
    pub(super) fn say(&self, text: &str) -> Result<()> {
        if self.verbosity == Verbosity::Quiet {
            Ok(())
        } else {
            self.complain(text)
        }
    }

    /// Says what only those want to know who asked for more.
    pub(super) fn detail(&self, text: &str) -> Result<()> {
        if self.verbosity >= Verbosity::Verbose {
            self.complain(text)
        } else {
            Ok(())
        }
    }

    /// Says what even a quiet run must say.
    pub(super) fn complain(&self, text: &str) -> Result<()> {
        forgiving(io::stderr().lock().write_all(text.as_bytes()))
    }

    /// Prints what was asked for and what belongs to it, in a pager where the terminal has no room for it.
    pub(super) fn read(&self, pages: &Pages) -> Result<()> {
        let before = self.unless_quiet(pages.before);
        if let Some(rows) = self.pageable {
            let all = format!("{before}{}{}", pages.data, pages.after);
            // The last row is the prompt's.
            if pager::rows(&all, self.out.width) >= rows && pager::page(&all) {
                return Ok(());
            }
        }
        self.straight(pages)
    }

    /// The same without a pager.
    pub(super) fn straight(&self, pages: &Pages) -> Result<()> {
        self.say(pages.before)?;
        self.print(pages.data)?;
        self.complain(pages.after)
    }

    /// Nothing where only what is wrong is to be said.
    pub(super) fn unless_quiet<'t>(&self, text: &'t str) -> &'t str {
        match self.verbosity {
            Verbosity::Quiet => "",
            Verbosity::Normal | Verbosity::Verbose | Verbosity::Trace => text,
        }
    }

    /// Shows what is going on until the result is dropped, where someone is watching and it takes long.
    pub(super) fn watch(&self, text: &str) -> Progress {
        if !self.erasable || self.verbosity != Verbosity::Normal {
            return Progress::silent();
        }
        let frames: &'static [&'static str] = match self.err.unicode {
            true => &DOTS,
            false => &BARS,
        };
        Progress::start(text, self.err.width, frames)
    }

    /// Does a stage of the work, and says how long it took to those who want to know.
    pub(super) fn stage<T>(&self, name: &str, work: impl FnOnce() -> T) -> T {
        let begin = std::time::Instant::now();
        let watch = self.watch(name);
        let result = work();
        drop(watch);
        let time = begin.elapsed().as_secs_f64() * 1000.0;
        // A stderr that takes nothing more is no reason to stop the work.
        let _ = self.detail(&format!("{name}: {time:.0} ms\n"));
        result
    }
}

/// A reader that has seen enough is no error.
fn forgiving(result: io::Result<()>) -> Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether the locale's characters are UTF-8: of the variables that are set and not empty, the first decides.
fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| variable(name).filter(|value| !value.is_empty()))
        .next();
    set.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

fn style(when: When, terminal: bool) -> Style {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let color = match when {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && wanted && !is_dumb(),
    };
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Style {
        color,
        width: if terminal { width } else { usize::MAX },
        unicode: terminal && !is_dumb() && is_utf8(|name| std::env::var(name).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_of_the_locale_that_is_set_decides() {
        let utf8 = |all: &'static str, lang: &'static str| {
            is_utf8(|name| match name {
                "LC_ALL" => Some(all.to_string()),
                "LANG" => Some(lang.to_string()),
                _ => None,
            })
        };
        assert!(utf8("", "en_US.UTF-8"));
        assert!(utf8("C.utf8", "C"));
        assert!(!utf8("C", "en_US.UTF-8"));
        assert!(!utf8("", ""));
    }
}
