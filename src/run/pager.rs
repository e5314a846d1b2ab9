//! The pager: what git does with a diff that the terminal has no room for.

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

/// What a shell says of a program that is not there, or that it cannot run.
const NOT_RUN: [i32; 2] = [127, 126];

/// Shows `text` in the user's pager. Says whether it did: not where there is none, or where it cannot be run.
pub(super) fn page(text: &str) -> bool {
    let Some(pager) = pager(|name| std::env::var_os(name)) else {
        return false;
    };
    let mut command = Command::new("sh");
    command.arg("-c").arg(&pager).stdin(Stdio::piped());
    // Quit where it fits after all, keep the colours, and leave the screen as it is.
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    if let Some(mut stdin) = child.stdin.take() {
        match stdin.write_all(text.as_bytes()) {
            // Who has seen enough quits the pager.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return false,
            Ok(()) | Err(_) => {}
        }
    }
    let code = child.wait().ok().and_then(|status| status.code());
    code.is_none_or(|code| !NOT_RUN.contains(&code))
}

/// `NIXFIX_PAGER`, `PAGER`, else less; none where that is empty or `cat`.
fn pager(variable: impl Fn(&str) -> Option<OsString>) -> Option<OsString> {
    let chosen = variable("NIXFIX_PAGER").or_else(|| variable("PAGER"));
    let pager = chosen.unwrap_or_else(|| "less".into());
    (!pager.is_empty() && pager != "cat").then_some(pager)
}

/// How many rows of a terminal `text` takes; colours take no room.
pub(super) fn rows(text: &str, columns: usize) -> usize {
    let rows = |line: &str| uncolored(line).width().div_ceil(columns.max(1)).max(1);
    text.lines().map(rows).sum()
}

fn uncolored(line: &str) -> String {
    let mut parts = line.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let pager = |ours: Option<&str>, everybodys: Option<&str>| {
            let found = pager(|name| match name {
                "NIXFIX_PAGER" => ours.map(OsString::from),
                _ => everybodys.map(OsString::from),
            });
            found.map(|found| found.into_string().unwrap())
        };
        assert_eq!(pager(None, None).as_deref(), Some("less"));
        assert_eq!(pager(None, Some("more")).as_deref(), Some("more"));
        assert_eq!(pager(Some("a b"), Some("more")).as_deref(), Some("a b"));
        assert_eq!(pager(Some(""), Some("more")), None);
        assert_eq!(pager(Some("cat"), None), None);
    }

    #[test]
    fn a_long_line_takes_several_rows() {
        assert_eq!(rows("one\n\nthree\n", 80), 3);
        assert_eq!(rows("12345678901\n", 10), 2);
        assert_eq!(rows("漢字漢字漢\n漢字漢字漢字\n", 10), 3);
        assert_eq!(rows("\x1b[1;31m1234567890\x1b[0m\n", 10), 1);
    }
}
