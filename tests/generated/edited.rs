//! Repositories that were migrated, and then changed by somebody: files are as they were before, lines are gone, or twice
//! there. nixfix may refuse what is left of it.

use super::mixed;
use super::planned::{Came, check};
use super::repo::{self, Files, Repo};
use super::tape::Tape;

/// The repository that the tape describes.
pub fn read(tape: &mut Tape) -> Repo {
    let before = match tape.below(4) {
        0 => mixed::read(tape),
        _ => repo::read(tape),
    };
    // What is wrong with the migration itself is found elsewhere.
    let Ok(Came::Migrated(migrated)) = check(&before) else {
        return before;
    };
    let mut files = migrated.files;
    undo(tape, &before.files, &mut files);
    // With another nixpkgs to follow, the packages that are there already become others.
    let flake = &files["flake.nix"];
    if flake.contains("llama.cpp") && !flake.contains("follows") {
        return before;
    }
    for _ in 0..tape.below(2) {
        edit_line(tape, &before.files, &mut files);
    }
    Repo { files, ..before }
}

/// Takes few of the user's files back to what they were, and rarely what was written or deleted.
fn undo(tape: &mut Tape, before: &Files, files: &mut Files) {
    let changed = files.keys().chain(before.keys());
    let mut changed: Vec<String> = changed
        .filter(|path| before.get(*path) != files.get(*path))
        .cloned()
        .collect();
    changed.sort();
    changed.dedup();
    for path in changed {
        let is_theirs = before.contains_key(&path) && files.contains_key(&path);
        let one_of = if is_theirs { 3 } else { 12 };
        if tape.below(one_of) == one_of - 1 {
            match before.get(&path) {
                Some(text) => drop(files.insert(path, text.clone())),
                None => drop(files.remove(&path)),
            }
        }
    }
}

/// Takes one line out of a file of the user's, writes it twice, or makes a comment of it.
fn edit_line(tape: &mut Tape, before: &Files, files: &mut Files) {
    // What a profile installs is what its file says.
    let is_theirs = |path: &&String| before.contains_key(*path);
    let paths: Vec<String> = files.keys().filter(is_theirs).cloned().collect();
    let path = &paths[tape.below(paths.len())];
    let text = &files[path];
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = tape.below(lines.len().max(1));
    // What the packages and the profile of a host are told from stays.
    let told_from = ["follows", "hosts", "nvidia"];
    let is_kept = |line: &&str| told_from.iter().any(|told| line.contains(told));
    if lines.get(at).is_none_or(is_kept) {
        return;
    }
    let line = match tape.below(3) {
        0 => String::new(),
        1 => lines[at].repeat(2),
        _ => format!("# {}", lines[at]),
    };
    let edited = format!("{}{line}{}", lines[..at].concat(), lines[at + 1..].concat());
    files.insert(path.clone(), edited);
}
