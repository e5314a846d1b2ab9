//! A file that another program writes while the transaction is open, as `nix flake lock` does.

use super::*;

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
