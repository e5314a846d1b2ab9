use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::*;

mod journals;

const KILL_AT: &str = "NIXFIX_TEST_KILL_AT";
const KILL_IN: &str = "NIXFIX_TEST_KILL_IN";
const ROOT: &str = "NIXFIX_TEST_ROOT";

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
fn a_step_that_fails_leaves_the_old_state_or_the_new() {
    let [before, after] = before_and_after();
    let (mut tested, mut undone) = (0, 0);
    for at in 0.. {
        let dir = tree();
        let steps = Steps::watched(move |step, _| match step == at {
            true => Err(io::Error::other("no space left")),
            false => Ok(()),
        });
        let result = write_all(dir.path(), steps);
        let left = journal(dir.path()).exists();
        // A failure in the very last steps comes after the new state is final; the next run tidies up.
        let recovered = recover_old(dir.path(), Steps::default()).unwrap();
        let now = snapshot(dir.path());
        match &result {
            Ok(_) => assert_eq!(now, after),
            Err(error) => {
                assert!(format!("{error:#}").contains("no space left"), "{error:#}");
                assert!(now == before || now == after, "step {at}: {now:#?}");
                assert_eq!(left, recovered.is_some());
                undone += usize::from(now == before && !left);
            }
        }
        if result.is_ok() {
            break;
        }
        tested += 1;
    }
    println!("{tested} steps failed once each, {undone} of them undone at once");
    assert!(undone > 20, "{undone}");
}

#[test]
fn a_kill_at_any_step_is_recovered_even_when_recovery_is_killed() {
    if let Ok(step) = std::env::var(KILL_AT) {
        return die_at(step.parse().unwrap());
    }
    let [before, after] = before_and_after();
    let (mut kills, mut kills_of_recovery) = (0, 0);
    for at in 0.. {
        let dir = tree();
        if run_child(dir.path(), "write", at) {
            assert_eq!(snapshot(dir.path()), after);
            break;
        }
        kills += 1;
        // Each recovery gets one step further than the one before.
        for recover_at in 0.. {
            if run_child(dir.path(), "recover", recover_at) {
                break;
            }
            kills_of_recovery += 1;
        }
        let now = snapshot(dir.path());
        assert!(now == before || now == after, "step {at}: {now:#?}");
        assert!(!journal(dir.path()).exists());
    }
    println!("killed at {kills} steps, and {kills_of_recovery} times in recovery");
    assert!(kills > 30 && kills_of_recovery > kills);
}

/// Whether the child came through.
fn run_child(root: &Path, what: &str, at: usize) -> bool {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "write::tests::a_kill_at_any_step_is_recovered_even_when_recovery_is_killed",
        ])
        .env(KILL_AT, at.to_string())
        .env(KILL_IN, what)
        .env(ROOT, root)
        .output()
        .unwrap()
        .status
        .success()
}

fn die_at(at: usize) {
    let root = PathBuf::from(std::env::var_os(ROOT).unwrap());
    let mut changes = 0;
    // A kill while the disk is waited for leaves what one at the next change leaves.
    let steps = Steps::watched(move |_, act| {
        if act == Act::Change && changes == at {
            std::process::abort();
        }
        changes += usize::from(act == Act::Change);
        Ok(())
    });
    match std::env::var(KILL_IN).unwrap().as_str() {
        "write" => write_all(&root, steps).map(drop).unwrap(),
        _ => recover_old(&root, steps).map(drop).unwrap(),
    }
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

#[test]
fn a_second_run_waits_for_the_first() {
    let dir = tree();
    let first = Transaction::prepare(
        dir.path(),
        &journal(dir.path()),
        &changes(),
        Steps::default(),
    )
    .unwrap();
    assert!(prepare_error(dir.path(), &changes()).contains("another nixfix is writing"));
    let recovery = recover_old(dir.path(), Steps::default()).unwrap_err();
    assert!(recovery.to_string().contains("another nixfix is writing"));
    drop(first);
}

#[test]
fn refuses_what_is_not_as_planned_and_changes_nothing() {
    let cases = [
        (
            change("flake.nix", Some("{}"), Some("x")),
            "`flake.nix` has changed since it was planned",
        ),
        (
            change("hosts/b.nix", None, Some("x")),
            "`hosts/b.nix` was to be created",
        ),
        (
            change("gone.nix", Some("x"), Some("y")),
            "could not follow `gone.nix`",
        ),
        (
            change("read-only.nix", Some(""), Some("y")),
            "`read-only.nix` is read-only",
        ),
        (
            change("hosts", Some(""), Some("y")),
            "`hosts` is no regular file",
        ),
        (
            change("outside.nix", Some("secret"), Some("y")),
            "outside the repository",
        ),
        (
            change("outside-dir/x.nix", None, Some("y")),
            "outside the repository",
        ),
        (
            change("loop.nix", Some(""), Some("y")),
            "could not follow `loop.nix`",
        ),
        (
            change("nowhere.nix", None, Some("y")),
            "`nowhere.nix` was to be created",
        ),
        (
            change(".git/hooks/pre-commit", None, Some("y")),
            "inside a git directory",
        ),
    ];
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("file"), "secret").unwrap();
    for (case, message) in cases {
        let dir = tree();
        let root = dir.path();
        fs::write(root.join("read-only.nix"), "").unwrap();
        fs::set_permissions(
            root.join("read-only.nix"),
            fs::Permissions::from_mode(0o444),
        )
        .unwrap();
        symlink(outside.path().join("file"), root.join("outside.nix")).unwrap();
        symlink(outside.path(), root.join("outside-dir")).unwrap();
        symlink("loop.nix", root.join("loop.nix")).unwrap();
        symlink("missing", root.join("nowhere.nix")).unwrap();
        let before = snapshot(root);
        let good = change("hosts/b.nix", Some("b\n"), Some("b+\n"));
        let error = prepare_error(root, &[good, case]);
        assert!(error.contains(message), "{error}");
        assert_eq!(snapshot(root), before);
    }
}

#[test]
fn refuses_one_file_under_two_names() {
    let dir = tree();
    let twice = [
        change("link.nix", Some("b\n"), Some("1")),
        change("hosts/b.nix", Some("b\n"), Some("2")),
    ];
    assert!(prepare_error(dir.path(), &twice).contains("same file as another"));
}

#[test]
fn a_file_to_be_created_is_found_before_its_directory_exists() {
    let dir = tree();
    let found = resolve(dir.path(), &change("new/deep/x.nix", None, Some("x"))).unwrap();
    assert_eq!(found, path("new/deep/x.nix"));
    let linked = resolve(dir.path(), &change("link.nix", Some("b\n"), Some("x"))).unwrap();
    assert_eq!(linked, path("hosts/b.nix"));
}

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

#[test]
fn a_file_that_another_program_wrote_is_kept_put_back_or_given_up_with_the_rest() {
    type End = fn(Applied) -> Result<()>;
    let finish: End = Applied::finish;
    let undo: End = |applied| applied.undo().map(|aside| assert_eq!(aside, []));
    let give_up: End = |mut applied| {
        applied.give_up(&path("flake.lock"))?;
        applied.finish()
    };
    for (end, lock, flake) in [
        (finish, "new", "{ inputs }\n"),
        (undo, "old", "{ }\n"),
        (give_up, "old", "{ inputs }\n"),
    ] {
        let dir = tree();
        let mut applied = lock_written(dir.path());
        let texts = applied.adopt(&path("flake.lock")).unwrap();
        assert_eq!(texts, ("old lock\n".to_string(), "new lock\n".to_string()));
        assert!(applied.written().contains(&path("flake.lock")));
        end(applied).unwrap();
        assert_eq!(lock_text(dir.path()), format!("{lock} lock\n"));
        assert_eq!(
            fs::read_to_string(dir.path().join("flake.nix")).unwrap(),
            flake
        );
        let names = snapshot(dir.path()).into_keys();
        assert!(
            names
                .map(|name| name.display().to_string())
                .all(|name| !name.contains("nixfix-"))
        );
    }
}

#[test]
fn a_link_is_not_left_to_another_program() {
    let dir = tree();
    let transaction = Transaction::prepare(
        dir.path(),
        &journal(dir.path()),
        &changes()[..1],
        Steps::default(),
    );
    let mut applied = transaction.unwrap().apply().unwrap();
    let error = applied.watch(&path("link.nix")).unwrap_err();
    assert_eq!(error.to_string(), "`link.nix` is no regular file");
}
