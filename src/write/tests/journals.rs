//! Journals as a killed run, a power cut, another version, or somebody with bad intentions may leave them.

use serde_json::{Value, json};

use super::*;

/// Changes the journal that a killed run has left.
fn with_journal(root: &Path, change: impl FnOnce(&mut Value)) {
    let text = fs::read_to_string(journal(root)).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    change(&mut value);
    fs::write(journal(root), value.to_string()).unwrap();
}

/// Recovers, which must be refused with these words and change nothing.
fn is_left_alone(change: impl FnOnce(&Path, &mut Value), words: &str) {
    let dir = killed_after_apply(None);
    let root = dir.path();
    with_journal(root, |value| change(root, value));
    let before = snapshot(root);
    let error = recover_old(root, Steps::default()).unwrap_err();
    assert!(format!("{error:#}").contains(words), "{error:#}");
    assert_eq!(snapshot(root), before);
    assert!(journal(root).exists());
}

#[test]
fn a_journal_that_leads_out_of_the_repository_is_not_followed() {
    let rename = |from: &'static str, to: &'static str| {
        move |_: &Path, value: &mut Value| {
            let text = value.to_string().replace(from, to);
            *value = serde_json::from_str(&text).unwrap();
        }
    };
    is_left_alone(rename("flake.nix", "../flake.nix"), "no path inside");
    is_left_alone(rename("\"flake.nix\"", "\"/flake.nix\""), "no path inside");
    for (link, words) in [
        ("/tmp", "outside the repository"),
        ("hosts", "a symlink on"),
    ] {
        is_left_alone(
            |root, value| {
                symlink(link, root.join("link")).unwrap();
                let entry = target::entry(path("link/a.nix"), None, Some("a+\n".into()));
                value["files"][0] = serde_json::to_value(entry.unwrap()).unwrap();
            },
            words,
        );
    }
}

#[test]
fn a_journal_that_names_other_files_than_a_run_would_is_not_followed() {
    let files = |value: &mut Value, key: &str, path: &str| value["files"][0][key] = json!(path);
    for path in [".git/hooks/pre-commit", "hosts/.GIT/config"] {
        is_left_alone(|_, value| files(value, "path", path), "git directory");
        is_left_alone(
            |_, value| value["directories"] = json!([path]),
            "git directory",
        );
    }
    for key in ["temp", "spare"] {
        for path in [
            "hosts/a.nix",
            ".nixfix-1.new",
            "hosts/.flake.nix.0.nixfix-1.old",
        ] {
            is_left_alone(|_, value| files(value, key, path), "no temporary file");
        }
    }
}

#[test]
fn a_journal_of_another_version_is_left_to_it() {
    is_left_alone(
        |_, value| *value = json!({ "version": 1, "phase": "unheard-of" }),
        "another version of nixfix wrote it (its format is 1, not 2)",
    );
    is_left_alone(|_, value| *value = json!({}), "missing field `version`");
}

#[test]
fn the_old_text_returns_from_the_journal_where_a_power_cut_took_the_spare() {
    let before = snapshot(tree().path());
    let dir = killed_after_apply(None);
    let spares = snapshot(dir.path()).into_keys();
    let spares: Vec<PathBuf> = spares
        .filter(|name| name.to_string_lossy().ends_with(".old"))
        .filter(|name| !name.to_string_lossy().contains("overlay"))
        .collect();
    assert_eq!(spares.len(), 3);
    for spare in spares {
        fs::remove_file(dir.path().join(spare)).unwrap();
    }
    recover_old(dir.path(), Steps::default()).unwrap();
    assert_eq!(snapshot(dir.path()), before);
}

#[test]
fn what_another_program_wrote_before_the_kill_is_set_aside() {
    let dir = tree();
    let mut applied = lock_written(dir.path());
    applied.0.settled = true;
    drop(applied);
    let recovered = recover_old(dir.path(), Steps::default()).unwrap().unwrap();
    assert_eq!(lock_text(dir.path()), "old lock\n");
    let [aside] = &recovered.edited_since[..] else {
        panic!("{recovered:?}")
    };
    let other = aside.other.as_ref().unwrap();
    assert!(other.starts_with(dir.path().join(".git/nixfix")));
    assert_eq!(fs::read_to_string(other).unwrap(), "new lock\n");
}
