//! The documents say what is so: their commands are run, their output is compared, their options and links exist.
//!
//! What the word after the fence of a block means is told in [`block`]. To write what comes out into the documents:
//!
//! ```sh
//! NIXFIX_BLESS=1 cargo test --test docs
//! ```

#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod block;
mod codes;
#[allow(dead_code, reason = "nobody types anything into a document")]
#[path = "../terminal/pty.rs"]
mod pty;
mod recipe_keys;
mod run;
mod sandbox;
mod words;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::block::blocks;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// README.md, CHANGELOG.md and docs/*.md, each with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let docs = docs.map(|entry| entry.unwrap().path());
    let is_document = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    let mut paths: Vec<PathBuf> = docs.filter(is_document).collect();
    paths.extend(["README.md", "CHANGELOG.md"].map(|name| root().join(name)));
    paths.sort();
    let read = |path: PathBuf| (path.clone(), fs::read_to_string(path).unwrap());
    paths.into_iter().map(read).collect()
}

/// What `check` finds wrong in each document, with the document's name before it.
fn wrong(check: impl Fn(&Path, &str) -> Vec<String>) -> String {
    let mut found = Vec::new();
    for (path, text) in documents() {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        found.extend(
            check(&path, &text)
                .iter()
                .map(|one| format!("{name}:{one}")),
        );
    }
    found.join("\n\n")
}

#[test]
fn every_command_gives_the_output_that_is_shown() {
    let bless = std::env::var_os("NIXFIX_BLESS").is_some();
    let found = wrong(|path, text| {
        let (wrong, blessed) = run::run(text);
        if bless && blessed != text {
            fs::write(path, blessed).unwrap();
        }
        wrong
    });
    assert!(found.is_empty(), "{found}");
}

#[test]
fn every_command_and_option_exists() {
    let found = wrong(|_, text| words::unknown_commands(text));
    assert!(found.is_empty(), "{found}");
}

#[test]
fn every_block_of_nix_parses_by_itself_or_as_attributes() {
    let parses = |text: &str| rnix::Root::parse(text).errors().is_empty();
    let found = wrong(|_, text| {
        let wrong = blocks(text).into_iter().filter(|block| {
            block.language == "nix"
                && !parses(block.text)
                && !parses(&format!("{{\n{}}}", block.text))
        });
        wrong
            .map(|block| format!("{}: this is no Nix", block.line))
            .collect()
    });
    assert!(found.is_empty(), "{found}");
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let found = wrong(|path, text| words::dead_links(path.parent().unwrap(), text));
    assert!(found.is_empty(), "{found}");
}

#[test]
fn every_diagnostic_code_is_listed_and_no_other() {
    let used = codes::in_source(&root().join("src"));
    let listed = codes::listed();
    let missing: BTreeSet<_> = used.difference(&listed).collect();
    let stale: BTreeSet<_> = listed.difference(&used).collect();
    assert!(used.len() > 20, "the search for codes finds only {used:?}");
    assert!(
        missing.is_empty() && stale.is_empty(),
        "not listed: {missing:?}; no longer used: {stale:?}"
    );
}

/// The names of the frameworks that have an adapter.
fn frameworks() -> Vec<String> {
    let adapters = fs::read_dir(root().join("src/eval/frameworks")).unwrap();
    let paths = adapters.map(|entry| entry.unwrap().path());
    let names = paths.filter(|path| path.extension().is_some_and(|extension| extension == "nix"));
    let mut names: Vec<String> = names
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        // A list of systems, no framework.
        .filter(|name| name != "systems")
        .collect();
    names.sort();
    names
}

#[test]
fn every_framework_is_among_the_shapes_with_a_case_and_every_form_has_one() {
    let shapes = fs::read_to_string(root().join("docs/shapes.md")).unwrap();
    let names = frameworks();
    assert!(names.len() > 10, "the search finds only {names:?}");
    for name in names {
        let case = format!("(../corpus/framework-{name})");
        assert!(shapes.contains(&case), "no case for {name}");
    }
    for form in 1..=20 {
        let row = shapes
            .lines()
            .find(|line| line.starts_with(&format!("| {form} |")));
        let row = row.unwrap_or_else(|| panic!("form {form} is not told"));
        assert!(row.contains("(../corpus/"), "form {form} has no case");
    }
}
