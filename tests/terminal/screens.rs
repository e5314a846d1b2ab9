//! What a run shows where someone is watching: the pager, the width, colours, and how little is left where nothing can be
//! shown.

use std::os::unix::fs::PermissionsExt;

use crate::pty::{Pty, without_progress};
use crate::repository::Repository;

/// What the program shows on a terminal of this size; it must succeed.
fn shown(
    repository: &Repository,
    with: &[(&str, &str)],
    size: (u16, u16),
    args: &[&str],
) -> String {
    let mut command = repository.nixfix(args);
    command.envs(with.iter().copied());
    let (code, screen) = Pty::start(command, size.0, size.1).finish();
    assert_eq!(code, 0, "{screen}");
    without_progress(&screen)
}

/// A pager that says that it was here, and what it was told.
fn pager(repository: &Repository) -> String {
    let path = repository.root().join("../pager");
    let script = "#!/bin/sh\necho \"pager begins, LESS=$LESS\"\ncat\necho pager ends\n";
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_string()
}

#[test]
fn what_the_terminal_has_no_room_for_goes_to_the_pager_as_a_whole() {
    let repository = Repository::of_case("guide");
    let pager = pager(&repository);
    let args = ["apply", "--dry-run"];
    let paged = |with: &[(&str, &str)], rows| shown(&repository, with, (80, rows), &args);

    let screen = paged(&[("NIXFIX_PAGER", &pager), ("PAGER", "false")], 24);
    assert!(screen.starts_with("pager begins, LESS=FRX\n"), "{screen}");
    assert!(screen.ends_with("pager ends\n"), "{screen}");
    let summary = screen.find("4 of 4 hosts to change").unwrap();
    assert!(summary < screen.find("diff --git").unwrap());
    assert!(screen.find("diff --git").unwrap() < screen.find("variant-installed").unwrap());

    assert!(paged(&[("PAGER", &pager)], 24).contains("pager begins"));
    assert!(!paged(&[("PAGER", &pager)], 1000).contains("pager begins"));
    assert!(!paged(&[("PAGER", &pager), ("NIXFIX_PAGER", "")], 24).contains("pager begins"));
    assert!(!paged(&[("PAGER", &pager), ("TERM", "dumb")], 24).contains("pager begins"));
    let args = ["apply", "--dry-run", "--no-pager"];
    let screen = shown(&repository, &[("PAGER", &pager)], (80, 24), &args);
    assert!(!screen.contains("pager begins"), "{screen}");
}

#[test]
fn a_pager_that_is_missing_or_ends_at_once_is_no_error() {
    let repository = Repository::of_case("guide");
    let args = ["apply", "--dry-run"];
    let missing = [("PAGER", "/nowhere/pager")];
    let screen = shown(&repository, &missing, (80, 24), &args);
    assert!(screen.contains("+++ b/flake.nix"), "{screen}");
    shown(&repository, &[("PAGER", "true")], (80, 24), &args);
}

#[test]
fn a_narrow_terminal_loses_no_word_of_the_summary() {
    let repository = Repository::of_case("guide");
    let args = ["apply", "--dry-run", "--no-pager"];
    let screen = shown(&repository, &[("NO_COLOR", "1")], (80, 24), &args);
    let summary = screen.split("diff --git").next().unwrap();
    let expected = "\
flake.nix: 4 of 4 hosts to change

HOST       STATUS   PROFILE        OVERLAY        MACHINE FILE
beryllium  changes  vulkan         flake.nix:61   machines/beryllium.nix
    nixos-hardware: framework-13-7040-amd at flake.nix:69
boron      changes  cpu-optimized  flake.nix:83   machines/boron.nix
    default, no evidence
carbon     changes  cuda           flake.nix:41   machines/carbon.nix
    installs `llama-cpp-cuda` at machines/carbon.nix:22
nitrogen   changes  cpu-optimized  flake.nix:100  machines/nitrogen.nix
    default, no evidence

";
    assert!(summary.starts_with(expected), "{summary}");
    let too_long = summary.lines().find(|line| line.chars().count() > 80);
    assert_eq!(too_long, None);

    let wide = shown(&repository, &[("NO_COLOR", "1")], (200, 24), &args);
    let carbon = "carbon     changes  cuda           flake.nix:41   machines/carbon.nix     installs `llama-cpp-cuda` at";
    assert!(wide.contains(carbon), "{wide}");
}

#[test]
fn colours_and_characters_are_those_that_the_terminal_can_show() {
    let repository = Repository::of_case("guide");
    let args = ["apply", "--dry-run", "--no-pager"];
    let screen = |with: &[(&str, &str)]| shown(&repository, with, (80, 24), &args);
    let colored = screen(&[]);
    assert!(colored.contains("\x1b[32m+"), "{colored}");
    assert!(!colored.is_ascii(), "{colored}");
    for plain in [
        [("NO_COLOR", "1"), ("LANG", "C")],
        [("TERM", "dumb"), ("LANG", "C.UTF-8")],
    ] {
        let screen = screen(&plain);
        assert!(screen.is_ascii() && !screen.contains('\x1b'), "{screen}");
    }
}

#[test]
fn a_quiet_run_shows_only_the_diff() {
    let repository = Repository::of_case("guide");
    let args = ["apply", "--dry-run", "--no-pager", "-q"];
    let screen = shown(&repository, &[("NO_COLOR", "1")], (80, 24), &args);
    assert!(screen.starts_with("diff --git"), "{screen}");
}

#[test]
fn a_verbose_run_tells_what_was_decided_and_a_trace_what_was_read() {
    let repository = Repository::of_case("guide");
    let said = |flag: &str| {
        let output = repository.nixfix(&["check", flag]).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let verbose = said("-v");
    for line in [
        "planning: ",
        "reading the flake: ",
        "insert-overlay: ",
        "proving the result: ",
        "beryllium: vulkan (certain)\n  vulkan: nixos-hardware: framework-13-7040-amd at flake.nix:69\n",
        "step 1: Add the input `llama-cpp`\n",
        "proven: ",
    ] {
        assert!(verbose.contains(line), "{line}: {verbose}");
    }
    assert!(!verbose.contains("trace: "), "{verbose}");
    let trace = said("-vv");
    assert!(
        trace.contains("trace: read machines/boron.nix\n"),
        "{trace}"
    );
    assert!(!said("--color=never").contains("planning"));
}

#[test]
fn a_trace_names_the_files_that_were_read_and_the_names_that_could_not_be_resolved() {
    let repository = Repository::of_case("hosts-in-a-rec-set");
    let flake = "{
  outputs = { nixpkgs, ... }: let mine = { }; in {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      system = \"x86_64-linux\";
      modules = [
        ./machine.nix
        nowhere
      ] ++ mine.shared;
    };
  };
}
";
    let write = |file, text| std::fs::write(repository.root().join(file), text).unwrap();
    write("flake.nix", flake);
    write("machine.nix", "{ }\n");
    write("unused.nix", "{ }\n");
    repository.git(&["add", "--all"]);
    let output = repository
        .nixfix(&["show", "--tree", "-vv"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let traced: std::collections::BTreeSet<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("trace: "))
        .collect();
    let expected = [
        "flake.nix:7: `nowhere` is not defined",
        "flake.nix:8: there is no attribute `shared`",
        "read flake.nix",
        "read machine.nix",
    ];
    assert_eq!(traced.into_iter().collect::<Vec<_>>(), expected, "{said}");
}
