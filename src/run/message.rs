//! A failure in words, as git says it: what, and why, without what the libraries call it.

use std::error::Error;
use std::io;

/// The chain of `error`, each part once.
pub fn message(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in error.chain().map(plain) {
        let said = parts.last().is_some_and(|last| last.ends_with(&part));
        if !said && !part.is_empty() {
            parts.push(part);
        }
    }
    parts.join(": ")
}

fn plain(part: &(dyn Error + 'static)) -> String {
    if let Some(text) = crate::git::said_by_git(part) {
        return text;
    }
    let text = part.to_string();
    match part.downcast_ref::<io::Error>() {
        Some(_) => without_number(&text).to_string(),
        None => text,
    }
}

/// The text without the system's number of the error: `No such file or directory (os error 2)`.
fn without_number(text: &str) -> &str {
    match text.rsplit_once(" (os error ") {
        Some((text, number)) if number.trim_end_matches(')').parse::<i32>().is_ok() => text,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn the_chain_is_said_without_numbers_and_without_saying_a_thing_twice() {
        let missing = || io::Error::from_raw_os_error(2);
        let error = Err::<(), _>(missing())
            .context("could not read `a`")
            .unwrap_err();
        let expected = "could not read `a`: No such file or directory";
        assert_eq!(message(&error), expected);
        assert_eq!(
            message(&error.context("nothing was changed")),
            format!("nothing was changed: {expected}")
        );
        let twice = anyhow::anyhow!("b").context("a: b");
        assert_eq!(message(&twice), "a: b");
    }
}
