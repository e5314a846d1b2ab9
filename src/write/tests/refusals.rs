//! What is not as it was planned is refused before anything is written.

use super::*;

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
