//! `nixfix apply --interactive` with a real terminal, and without one.

use std::process::Stdio;

use crate::pty::Pty;
use crate::repository::Repository;

const CHANGE: &str = "Make this change [y,n,a,d,c,e,s,k,q,?]? ";

#[test]
fn changes_are_accepted_and_skipped_on_a_terminal() {
    let repository = Repository::of_case("guide");
    let mut pty = Pty::start(
        repository.nixfix(&["apply", "-i", "--no-lock", "--color=never"]),
        100,
        40,
    );
    pty.answer(CHANGE, "y");
    pty.answer(CHANGE, "y");
    pty.expect("to `carbon` in `flake.nix`");
    pty.answer(CHANGE, "n");
    pty.expect("skipped with it: Import the profile `cuda` for `carbon`");
    pty.answer(CHANGE, "a");
    pty.answer("Write 8 files and commit [y,n,d,k,?]? ", "y");
    let (code, screen) = pty.finish();
    assert_eq!(code, 0, "{screen}");
    let log = repository.git(&["log", "--format=%s"]);
    assert_eq!(log, "Migrate llama.cpp to its official flake\nBefore\n");
    let changed = repository.git(&["show", "--name-only", "--format="]);
    assert!(!changed.contains("machines/carbon.nix"), "{changed}");
    assert!(!changed.contains("llama-cpp-variants.nix"), "{changed}");
    assert!(changed.contains("machines/boron.nix"), "{changed}");
}

#[test]
fn a_quit_writes_nothing() {
    let repository = Repository::of_case("guide");
    let mut pty = Pty::start(repository.nixfix(&["apply", "-i"]), 80, 24);
    pty.answer("Make this change", "y");
    pty.answer("Make this change", "q");
    let (code, screen) = pty.finish();
    assert_eq!(code, 2);
    assert!(screen.ends_with("nothing was written\n"), "{screen}");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_contradictory_host_gets_the_profile_that_is_answered() {
    let repository = Repository::of_case("profile-by-contradicting-evidence");
    let arguments = ["apply", "-i", "--dry-run", "--no-pager", "--color=never"];
    let mut pty = Pty::start(repository.nixfix(&arguments), 80, 24);
    pty.answer("Which profile for `carbon`", "cuda");
    pty.answer(CHANGE, "a");
    let (code, screen) = pty.finish();
    assert_eq!(code, 0, "{screen}");
    assert!(screen.contains("hardware-profiles/cuda.nix"), "{screen}");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let repository = Repository::of_case("guide");
    let mut command = repository.nixfix(&["apply", "--interactive"]);
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("there is no terminal to ask on"), "{said}");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}
