//! What a shell asks: completions as each shell asks for them, and bash itself; the manual; help.

#![allow(
    clippy::unwrap_used,
    reason = "a failed step of the set-up is a failed test"
)]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const FLAKE: &str = r#"{
  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
  outputs = { self, nixpkgs, ... }@inputs:
    let host = name: nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ ./common.nix ]; };
    in { nixosConfigurations = nixpkgs.lib.genAttrs [ "carbon" "cadmium" "boron" ] host; };
}
"#;

/// A git repository with a flake of three hosts.
fn fleet() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("flake.nix"), FLAKE).unwrap();
    std::fs::write(dir.path().join("common.nix"), "{ }\n").unwrap();
    for arguments in [&["init", "--quiet"][..], &["add", "--all"]] {
        let mut git = Command::new("git");
        let status = git.args(arguments).current_dir(dir.path()).status();
        assert!(status.unwrap().success());
    }
    dir
}

fn nixfix(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nixfix"));
    command.current_dir(dir).env("HOME", dir);
    command
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What nixfix answers the shell that asks for the last of `words`.
fn answer(dir: &Path, shell: &str, words: &[&str]) -> String {
    let mut command = nixfix(dir);
    command.env("NIXFIX_COMPLETE", shell).env("_CLAP_IFS", "\n");
    let last = words.len().to_string();
    command
        .env("_CLAP_COMPLETE_INDEX", last)
        .arg("--")
        .arg("nixfix");
    let output = command.args(words).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    text(&output)
}

#[test]
fn every_shell_is_offered_the_hosts_and_profiles_of_the_flake_around() {
    let dir = fleet();
    for shell in ["bash", "elvish", "fish", "nushell", "zsh"] {
        let ask = |words: &[&str]| answer(dir.path(), shell, words);
        let hosts = ask(&["show", "--host", "ca"]);
        assert!(
            hosts.contains("carbon") && hosts.contains("cadmium"),
            "{shell}: {hosts}"
        );
        assert!(!hosts.contains("boron"), "{shell}: {hosts}");
        assert!(
            ask(&["verify", "--build", "bo"]).contains("boron"),
            "{shell}"
        );
        let begun = ask(&["apply", "--profile", "carb"]);
        assert!(begun.contains("carbon="), "{shell}: {begun}");
        let profiles = ask(&["check", "--profile", "carbon=v"]);
        assert!(profiles.contains("carbon=vulkan"), "{shell}: {profiles}");
        assert!(!profiles.contains("cuda"), "{shell}: {profiles}");
        assert!(
            ask(&["explain", "profile-contra"]).contains("profile-contradictory"),
            "{shell}"
        );
        assert!(
            ask(&["apply", "--keep-g"]).contains("--keep-going"),
            "{shell}"
        );
        assert!(
            ask(&["apply", "--only", "insert-m"]).contains("insert-modules"),
            "{shell}"
        );
    }
}

#[test]
fn a_profile_of_nixfix_toml_is_offered_and_nothing_where_there_is_no_flake() {
    let dir = fleet();
    let own = "version = 1\n[profiles.files]\nvulcano = '{ }'\n";
    std::fs::write(dir.path().join("nixfix.toml"), own).unwrap();
    let offered = answer(dir.path(), "fish", &["apply", "--profile", "boron=v"]);
    assert_eq!(offered, "boron=vulkan\nboron=vulcano\n");
    let nowhere = tempfile::tempdir().unwrap();
    let offered = answer(nowhere.path(), "fish", &["show", "--host", ""]);
    assert!(!offered.contains("carbon"), "{offered}");
}

/// What bash makes of the line when the user asks at its end.
fn in_bash(dir: &Path, line: &str) -> String {
    let script = text(&nixfix(dir).args(["completions", "bash"]).output().unwrap());
    std::fs::write(dir.join("complete.bash"), script).unwrap();
    // Bash breaks words at blanks and `=`, each `=` being a word; behind one begins an empty word only after a blank.
    let words = line.replace('=', " = ");
    let mut words: Vec<String> = words
        .split_whitespace()
        .map(|word| format!("'{word}'"))
        .collect();
    if line.ends_with(' ') {
        words.push("''".to_string());
    }
    let program = format!(
        "source complete.bash; COMP_WORDS=({}); COMP_CWORD={}; _complete_nixfix 2>/dev/null; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1
    );
    let binary = Path::new(env!("CARGO_BIN_EXE_nixfix")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", &program]).current_dir(dir);
    text(&bash.env("PATH", path).output().unwrap())
}

#[test]
fn bash_completes_both_halves_of_a_profile_though_it_breaks_words_at_equals_signs() {
    let dir = fleet();
    for (line, expected) in [
        ("nixfix show --host bo", "boron\n"),
        ("nixfix apply --profile bo", "boron=\n"),
        (
            "nixfix apply --profile boron=",
            "cuda\nvulkan\nrocm\ncpu-optimized\ntiger-lake\nryzen\nryzen-zen4\n",
        ),
        ("nixfix apply --profile boron=vu", "vulkan\n"),
        ("nixfix apply --profile=boron=vu", "vulkan\n"),
        ("nixfix completions nu", "nushell\n"),
    ] {
        assert_eq!(in_bash(dir.path(), line), expected, "{line}");
    }
}

#[test]
fn each_shell_has_a_script_that_asks_nixfix() {
    let dir = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "nushell", "zsh"] {
        let output = nixfix(dir.path())
            .args(["completions", shell])
            .output()
            .unwrap();
        let script = text(&output);
        assert!(
            script.contains("NIXFIX_COMPLETE") && script.contains("nixfix"),
            "{shell}: {script}"
        );
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let dir = tempfile::tempdir().unwrap();
    let first = text(&nixfix(dir.path()).arg("man").output().unwrap());
    assert!(first.contains(".TH nixfix 1"), "{first}");
    let output = nixfix(dir.path())
        .args(["man", "pages/man1"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    for page in [
        "nixfix",
        "nixfix-apply",
        "nixfix-recipe-check",
        "nixfix-hook-install",
    ] {
        let file = dir.path().join(format!("pages/man1/{page}.1"));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("Examples:"), "{page}");
    }
}
