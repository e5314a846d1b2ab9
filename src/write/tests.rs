use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;

mod faults;
mod journals;
mod other_programs;
mod refusals;

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

fn change(at: &str, before: Option<&str>, after: Option<&str>) -> FileChange {
    FileChange {
        path: path(at),
        before: before.map(Into::into),
        after: after.map(Into::into),
    }
}

/// A tree with everything in it that a plan may touch.
fn tree() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    for at in ["hosts", "old/deep", ".git"] {
        fs::create_dir_all(root.join(at)).unwrap();
    }
    fs::write(root.join("flake.nix"), "{ }\n").unwrap();
    fs::write(root.join("hosts/a.nix"), "a\n").unwrap();
    fs::write(root.join("hosts/b.nix"), "b\n").unwrap();
    fs::write(root.join("old/deep/overlay.nix"), "overlay\n").unwrap();
    fs::set_permissions(root.join("hosts/a.nix"), fs::Permissions::from_mode(0o755)).unwrap();
    symlink("hosts/b.nix", root.join("link.nix")).unwrap();
    dir
}

fn changes() -> Vec<FileChange> {
    vec![
        change("flake.nix", Some("{ }\n"), Some("{ inputs }\n")),
        change("hosts/a.nix", Some("a\n"), Some("a+\n")),
        change("link.nix", Some("b\n"), Some("b+\n")),
        change("old/deep/overlay.nix", Some("overlay\n"), None),
        change("new/deep/cuda.nix", None, Some("cuda\n")),
        change("new/vulkan.nix", None, Some("vulkan\n")),
    ]
}

/// Every name below `root` with its kind, mode and bytes; what is in `.git` is ours.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    let mut todo = vec![root.to_owned()];
    while let Some(directory) = todo.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let full = entry.unwrap().path();
            let metadata = full.symlink_metadata().unwrap();
            let mode = metadata.permissions().mode();
            let content = if metadata.is_dir() {
                if full.ends_with(".git") {
                    continue;
                }
                todo.push(full.clone());
                String::new()
            } else if metadata.is_symlink() {
                fs::read_link(&full).unwrap().display().to_string()
            } else {
                fs::read_to_string(&full).unwrap()
            };
            all.insert(
                full.strip_prefix(root).unwrap().to_owned(),
                format!("{mode:o} {content}"),
            );
        }
    }
    all
}

fn journal(root: &Path) -> PathBuf {
    root.join(".git/nixfix/journal.json")
}

fn write_all(root: &Path, steps: Steps) -> Result<usize> {
    let applied = Transaction::prepare(root, &journal(root), &changes(), steps)?.apply()?;
    let steps = applied.steps();
    applied.finish()?;
    Ok(steps)
}

fn prepare_error(root: &Path, changes: &[FileChange]) -> String {
    match Transaction::prepare(root, &journal(root), changes, Steps::default()) {
        Ok(_) => panic!("it was not refused"),
        Err(error) => format!("{error:#}"),
    }
}

fn recover_old(root: &Path, steps: Steps) -> Result<Option<Recovered>> {
    recover(root, &journal(root), steps, |note| {
        panic!("there is no note, but {note}")
    })
}

/// The tree before and after a run without faults.
fn before_and_after() -> [BTreeMap<PathBuf, String>; 2] {
    let dir = tree();
    let before = snapshot(dir.path());
    write_all(dir.path(), Steps::default()).unwrap();
    [before, snapshot(dir.path())]
}

#[test]
fn writes_modifies_deletes_and_keeps_modes_and_links() {
    let [before, after] = before_and_after();
    let changed: Vec<_> = after
        .iter()
        .filter(|&(path, now)| before.get(path) != Some(now))
        .map(|(path, now)| format!("{} {now}", path.display()))
        .collect();
    assert_eq!(
        changed,
        [
            "flake.nix 100644 { inputs }\n",
            "hosts/a.nix 100755 a+\n",
            "hosts/b.nix 100644 b+\n",
            "new 40755 ",
            "new/deep 40755 ",
            "new/deep/cuda.nix 100644 cuda\n",
            "new/vulkan.nix 100644 vulkan\n",
        ]
    );
    assert!(!after.keys().any(|path| path.starts_with("old")));
}

#[test]
fn leaves_no_journal() {
    let dir = tree();
    write_all(dir.path(), Steps::default()).unwrap();
    assert!(!journal(dir.path()).exists());
    assert_eq!(recover_old(dir.path(), Steps::default()).unwrap(), None);
}

#[test]
fn dropping_what_was_applied_puts_the_old_state_back() {
    let dir = tree();
    let before = snapshot(dir.path());
    let transaction = Transaction::prepare(
        dir.path(),
        &journal(dir.path()),
        &changes(),
        Steps::default(),
    )
    .unwrap();
    drop(transaction.apply().unwrap());
    assert_eq!(snapshot(dir.path()), before);
    assert!(!journal(dir.path()).exists());
}

#[test]
fn undo_sets_a_text_aside_that_a_hook_wrote_meanwhile() {
    let dir = tree();
    let before = snapshot(dir.path());
    let applied = Transaction::prepare(
        dir.path(),
        &journal(dir.path()),
        &changes(),
        Steps::default(),
    )
    .unwrap()
    .apply()
    .unwrap();
    fs::write(dir.path().join("flake.nix"), "{inputs}\n").unwrap();
    let aside = applied.undo().unwrap();
    assert_eq!(snapshot(dir.path()), before);
    assert_eq!(aside.len(), 1);
    let other = aside[0].other.clone().unwrap();
    assert_eq!(fs::read_to_string(other).unwrap(), "{inputs}\n");
}

/// A tree whose run was killed after all was written, with this note in the journal.
fn killed_after_apply(note: Option<&str>) -> TempDir {
    let dir = tree();
    let mut applied = Transaction::prepare(
        dir.path(),
        &journal(dir.path()),
        &changes(),
        Steps::default(),
    )
    .unwrap()
    .apply()
    .unwrap();
    if let Some(note) = note {
        applied.note(note).unwrap();
    }
    // As after a kill: nothing is put back and the lock is gone.
    applied.0.settled = true;
    dir
}

#[test]
fn recover_leaves_a_file_that_was_edited_since() {
    let dir = killed_after_apply(None);
    fs::write(dir.path().join("flake.nix"), "mine\n").unwrap();
    let recovered = recover_old(dir.path(), Steps::default()).unwrap().unwrap();
    assert_eq!(recovered.state, Verdict::Old);
    let edited = &recovered.edited_since[0];
    assert_eq!(edited.path, path("flake.nix"));
    assert_eq!(
        fs::read_to_string(dir.path().join("flake.nix")).unwrap(),
        "mine\n"
    );
    assert_eq!(
        fs::read_to_string(edited.other.as_ref().unwrap()).unwrap(),
        "{ }\n"
    );
    assert_eq!(
        fs::read_to_string(dir.path().join("hosts/b.nix")).unwrap(),
        "b\n"
    );
}

#[test]
fn recover_asks_whoever_left_a_note() {
    let [before, after] = before_and_after();
    for (verdict, state) in [(Verdict::Old, before), (Verdict::New, after)] {
        let dir = killed_after_apply(Some("commit 1"));
        let recovered = recover(dir.path(), &journal(dir.path()), Steps::default(), |note| {
            assert_eq!(note, "commit 1");
            Ok(verdict)
        });
        assert_eq!(recovered.unwrap().unwrap().state, verdict);
        assert_eq!(snapshot(dir.path()), state);
    }
}

/// Everything is written, and so is a lock file, by another program that was waited for.
fn lock_written(root: &Path) -> Applied {
    fs::write(root.join("flake.lock"), "old lock\n").unwrap();
    let transaction = Transaction::prepare(root, &journal(root), &changes(), Steps::default());
    let mut applied = transaction.unwrap().apply().unwrap();
    applied.watch(&path("flake.lock")).unwrap();
    fs::write(root.join("flake.lock"), "new lock\n").unwrap();
    applied
}

fn lock_text(root: &Path) -> String {
    fs::read_to_string(root.join("flake.lock")).unwrap()
}
