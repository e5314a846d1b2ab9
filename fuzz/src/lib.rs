//! What the fuzz targets share with the tests: the same properties, of inputs that a fuzzer makes.
//!
//! The bounded runs of the same properties are in `tests/properties`.

#[path = "../../tests/properties/evaluated.rs"]
pub mod evaluated;
#[path = "../../tests/generated/mixed/mod.rs"]
mod mixed;
#[path = "../../tests/properties/mutate.rs"]
mod mutate;
#[path = "../../tests/generated/planned.rs"]
mod planned;
#[path = "../../tests/generated/repo/mod.rs"]
mod repo;
#[path = "../../tests/properties/rewritten.rs"]
pub mod rewritten;
#[path = "../../tests/generated/tape.rs"]
mod tape;

use nixfix::stack::run_deep;

/// Evaluates any text.
pub fn evaluate(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        hold(|| evaluated::check(text).map(drop));
    }
}

/// Rewrites a text; its first line, a comment in most of the seeds, says how.
pub fn rewrite(bytes: &[u8]) {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let choices = line.get(2..).unwrap_or_default();
    if let Ok(text) = std::str::from_utf8(bytes) {
        hold(|| rewritten::check(&mut tape::Tape::new(choices), text).map(drop));
    }
}

/// Plans the small repository that the bytes describe, whole or damaged.
pub fn plan(bytes: &[u8]) {
    plan_made_by(repo::read, bytes);
}

/// The same, of a repository whose parts are put together freely.
pub fn mixed(bytes: &[u8]) {
    plan_made_by(mixed::read, bytes);
}

fn plan_made_by(read: fn(&mut tape::Tape) -> repo::Repo, bytes: &[u8]) {
    let mut tape = tape::Tape::new(bytes);
    let damages = tape.below(3);
    let mut repo = read(&mut tape);
    for _ in 0..damages {
        let paths: Vec<String> = repo.files.keys().cloned().collect();
        let path = tape.below(paths.len());
        let text = mutate::damaged(&mut tape, &repo.files[&paths[path]]);
        repo.files.insert(paths[path].clone(), text);
    }
    if let Err(problem) = planned::check(&repo) {
        panic!("{problem}");
    }
}

/// Syntax trees are walked and dropped where the stack is deep.
fn hold(property: impl FnOnce() -> Result<(), String> + Send) {
    match run_deep(property) {
        Ok(Ok(())) => {}
        Ok(Err(problem)) => panic!("{problem}"),
        Err(error) => panic!("{error}"),
    }
}
