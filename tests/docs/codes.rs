//! The codes of diagnostics: those in the source, and those in `docs/diagnostics.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every code that the program can print.
pub fn in_source(directory: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            found.extend(in_source(&path));
        } else if name.ends_with(".rs") && !["tests.rs", "fixture.rs"].contains(&&*name) {
            found.extend(in_text(&fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// The words in kebab case that are the first text among arguments and that others follow: only codes are.
fn in_text(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut quotes = source.split('"');
    let mut before = quotes.next().unwrap_or_default();
    while let (Some(text), Some(after)) = (quotes.next(), quotes.next()) {
        if is_code(text) && after.starts_with(',') && is_argument(before) {
            found.push(text.to_string());
        }
        before = after;
    }
    found
}

/// Behind `(`, or behind a severity or a place.
fn is_argument(before: &str) -> bool {
    let before = before.trim_end();
    let first = before
        .strip_suffix(',')
        .and_then(|rest| rest.rsplit(|c: char| c == '(' || c.is_whitespace()).next());
    // Behind `macro!(` stands a table, not a diagnostic.
    before.ends_with('(') && !before.ends_with("!(")
        || first
            .is_some_and(|word| ["severity", "spot"].contains(&word) || word.contains("Severity::"))
}

fn is_code(text: &str) -> bool {
    text.contains('-')
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase()))
}

/// The codes that the document explains, and so `nixfix explain`: each in a section of its own.
pub fn listed() -> BTreeSet<String> {
    let all = nixfix::explain::all();
    all.iter().map(|one| one.code.to_string()).collect()
}

#[test]
fn a_code_is_found_in_each_form_of_call() {
    let source = r#"
        Diagnostic::error("one-a", message).help("not-me");
        Diagnostic::new(Severity::Note, "two-b", m);
        Diagnostic::new(
            Severity::Note,
            "three-c",
        );
        let (code, message) = ("four-d", x);
        error_at(spot, "five-e", m);
        let names = ["not-this", "nor-this"];
        adapter!("nor-that", x);
        #[cfg(test)] error("not-here", m)
    "#;
    assert_eq!(
        in_text(source),
        ["one-a", "two-b", "three-c", "four-d", "five-e"]
    );
}
