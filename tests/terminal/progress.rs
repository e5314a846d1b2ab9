//! What is shown while something takes long, and that nothing of it stays.

use std::os::unix::fs::PermissionsExt;

use crate::pty::Pty;
use crate::repository::Repository;

/// What `nixfix verify` shows where Nix takes a second for each answer, and fails.
fn shown(flags: &[&str], term: &str) -> String {
    let repository = Repository::of_case("hosts-in-a-rec-set");
    let programs = repository.root().join("../programs");
    std::fs::create_dir(&programs).unwrap();
    let nix = programs.join("nix");
    std::fs::write(&nix, "#!/bin/sh\nsleep 1\nexit 1\n").unwrap();
    std::fs::set_permissions(&nix, PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = repository.nixfix(&["verify"]);
    let path = std::env::var("PATH").unwrap_or_default();
    command.args(flags).env("TERM", term);
    command.env("PATH", format!("{}:{path}", programs.display()));
    Pty::start(command, 80, 24).finish().1
}

#[test]
fn what_takes_long_is_told_and_taken_back() {
    let screen = shown(&[], "xterm");
    let (before, after) = screen.rsplit_once("\r\x1b[K").unwrap();
    assert!(before.contains("asking nix"), "{screen}");
    assert!(!after.contains("asking nix"), "{screen}");
}

#[test]
fn a_quiet_run_and_a_dumb_terminal_are_told_nothing() {
    for screen in [shown(&["-q"], "xterm"), shown(&[], "dumb")] {
        assert!(!screen.contains("\x1b[K"), "{screen}");
        assert!(!screen.contains("asking nix"), "{screen}");
    }
}
