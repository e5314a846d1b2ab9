//! A failure in words, as git says it: what, and why, without what the libraries call it.

/// The chain of `error`, each part once.
pub fn message(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in error.chain().map(|part| plain(&part.to_string())) {
        let said = parts.last().is_some_and(|last| last.ends_with(&part));
        if !said && !part.is_empty() {
            parts.push(part);
        }
    }
    parts.join(": ")
}

/// The text without the number that the system gives the error, and without the classes that libgit2 puts it in:
/// `No such file or directory (os error 2)`, `reference not found; class=Reference (4); code=NotFound (-3)`.
fn plain(text: &str) -> String {
    let text = match text.find("; class=") {
        Some(at) if text[at..].ends_with(')') => &text[..at],
        _ => text,
    };
    match text.rsplit_once(" (os error ") {
        Some((text, number)) if number.trim_end_matches(')').parse::<i32>().is_ok() => {
            text.to_string()
        }
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use anyhow::Context;

    use super::*;

    #[test]
    fn the_chain_is_said_without_numbers_and_without_saying_a_thing_twice() {
        let missing = || io::Error::from_raw_os_error(2);
        let error = Err::<(), _>(missing()).context("could not read `a`");
        let error = error.unwrap_err();
        let expected = "could not read `a`: No such file or directory";
        assert_eq!(message(&error), expected);
        let whole = message(&error.context("nothing was changed"));
        assert_eq!(whole, format!("nothing was changed: {expected}"));
        assert_eq!(message(&anyhow::anyhow!("b").context("a: b")), "a: b");
    }

    #[test]
    fn what_a_library_calls_an_error_is_left_out_and_nothing_else() {
        let said = "reference not found; class=Reference (4); code=NotFound (-3)";
        assert_eq!(plain(said), "reference not found");
        for text in [
            "a; class=b",
            "x (os error y)",
            "`f (os error 2).nix` is gone",
        ] {
            assert_eq!(plain(text), text);
        }
    }
}
