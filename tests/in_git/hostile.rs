//! Texts, names and trees that are made to hurt: each is refused or passed by in a moment, and none of it reaches the
//! terminal as a command.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::sandbox::*;
use crate::soon::soon;

/// Runs a dry run and `apply`, which must refuse with these words and leave everything as it is.
fn refuses(sandbox: &Sandbox, name: &str, words: &[&str]) {
    let state = || (sandbox.git(&["status", "--porcelain"]), sandbox.commits());
    let before = state();
    soon(sandbox, name, &["apply", "--dry-run"]).expect(2, words);
    soon(sandbox, name, &["apply"]).expect(2, words);
    assert_eq!(state(), before);
}

/// Every form that makes the parser's stack overflow or its time grow with the square.
fn cliffs() -> Vec<(&'static str, String)> {
    let many = 100_000;
    let chain = |link: &str| format!("{}a", link.repeat(many));
    vec![
        ("brackets", "[".repeat(many)),
        ("matching brackets", "[".repeat(many) + &"]".repeat(many)),
        ("parentheses", "(".repeat(many)),
        ("sets", "{ a = ".repeat(many)),
        ("interpolation", "\"${".repeat(many)),
        ("minus", chain("- ")),
        ("not", chain("! ")),
        ("sum", chain("a + ")),
        ("sum without blanks", chain("1+")),
        ("attrpath", chain("a.")),
        ("or", chain("a.a or ")),
        ("concatenation", chain("a ++ ")),
        ("update", chain("a // ")),
        ("implication", chain("a -> ")),
        ("application", chain("a ")),
        ("functions", chain("a: ")),
        ("let", chain("let a = 1; in ")),
        ("with", chain("with a; ")),
        ("assert", chain("assert a; ")),
        ("if", chain("if a then a else ")),
    ]
}

#[test]
fn cliffs_in_the_flake_and_in_a_machine_file_are_refused_in_a_moment() {
    let sandbox = Sandbox::old();
    let flake = sandbox.read("flake.nix");
    for (name, text) in cliffs() {
        let with = format!("cliff = {text};\n    nixosConfigurations.carbon");
        sandbox.write(
            "flake.nix",
            &flake.replace("nixosConfigurations.carbon", &with),
        );
        soon(&sandbox, name, &["apply"]).expect(2, &["`flake.nix` is not valid Nix"]);
        sandbox.write("flake.nix", &flake);
        sandbox.write(
            "machines/carbon.nix",
            &format!("{{ services = {text}; }}\n"),
        );
        soon(&sandbox, name, &["apply"]).expect(2, &["`machines/carbon.nix` is not valid Nix"]);
        sandbox.git(&["restore", "."]);
    }
}

#[test]
fn a_machine_file_that_is_no_text_or_too_long_is_refused() {
    let long = format!("{{ a = ''{}''; }}", "x".repeat(10 << 20));
    let cases: [(&str, &[u8], &str); 5] = [
        ("ten MiB", long.as_bytes(), "longer than 1 MiB"),
        ("NUL", b"{ a\0 = 1; }", "not valid Nix"),
        ("BOM", "\u{feff}{ }".as_bytes(), "not valid Nix"),
        ("empty", b"", "not valid Nix"),
        ("half", b"{ a = [ ", "not valid Nix"),
    ];
    for (name, bytes, words) in cases {
        let sandbox = Sandbox::old();
        fs::write(sandbox.root().join("machines/carbon.nix"), bytes).unwrap();
        sandbox.commit_all(name);
        refuses(&sandbox, name, &["machines/carbon.nix", words]);
    }
}

#[test]
fn what_is_no_file_is_never_waited_for() {
    let fifo = |path: &std::path::Path| {
        fs::remove_file(path).unwrap();
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    for file in ["flake.nix", "machines/carbon.nix"] {
        let sandbox = Sandbox::old();
        fifo(&sandbox.root().join(file));
        soon(&sandbox, file, &["apply"]).expect(2, &[file, "not a regular file"]);
    }
    let sandbox = Sandbox::old();
    sandbox.write("nixfix.toml", "version = 1\n");
    sandbox.commit_all("decisions");
    fifo(&sandbox.root().join("nixfix.toml"));
    soon(&sandbox, "nixfix.toml", &["apply"]).expect(2, &["nixfix.toml"]);
    let sandbox = Sandbox::old();
    fs::remove_file(sandbox.root().join("flake.nix")).unwrap();
    sandbox.write("flake.nix/default.nix", "{ }\n");
    sandbox.commit_all("a directory of that name");
    refuses(&sandbox, "a directory", &["flake.nix"]);
}

#[test]
fn circles_of_links_imports_and_definitions_end() {
    let sandbox = Sandbox::old();
    fs::remove_file(sandbox.root().join("machines/carbon.nix")).unwrap();
    for (link, target) in [("carbon.nix", "boron.nix"), ("boron.nix", "carbon.nix")] {
        symlink(target, sandbox.root().join("machines").join(link)).unwrap();
    }
    sandbox.commit_all("links");
    refuses(&sandbox, "links", &["machines/carbon.nix"]);
    let sandbox = Sandbox::old();
    let flake = sandbox.read("flake.nix");
    for (name, value) in [
        ("itself", "let a = a; in a"),
        ("a function", "let f = x: f x; in f 1"),
        ("growing", "let f = x: f (x ++ x); in f [ 1 ]"),
        ("an import", "import ./circle.nix"),
        ("a set", "rec { a = b; b = a; }.a"),
        ("doubling", "let f = n: f (n + 1) // f (n + 2); in f 1"),
    ] {
        let with = flake.replace(
            "nixosConfigurations.carbon =",
            &format!("nixosConfigurations = {value}; x ="),
        );
        sandbox.write("flake.nix", &with);
        sandbox.write("circle.nix", "import ./circle.nix\n");
        sandbox.git(&["add", "--all"]);
        soon(&sandbox, name, &["check"]).expect(2, &["error["]);
    }
    // The hosts are seen before the evaluation gives up: what they have is not known, and none is touched.
    let sandbox = Sandbox::old();
    let doubling =
        "{ imports = let f = n: if n == 0 then [ ] else f (n - 1) ++ f (n - 1); in f 40; }\n";
    sandbox.write("machines/carbon.nix", doubling);
    sandbox.commit_all("doubling");
    soon(&sandbox, "many steps", &["check"]).expect(2, &["error[evaluation-too-long]"]);
    // A machine file that imports itself by a detour is nothing unusual.
    let sandbox = Sandbox::old();
    sandbox.write("machines/carbon.nix", "{ imports = [ ./other.nix ]; }\n");
    sandbox.write("machines/other.nix", "{ imports = [ ./carbon.nix ]; }\n");
    sandbox.commit_all("a circle of modules");
    soon(&sandbox, "modules", &["check"]).expect(1, &["+++ b/machines/carbon.nix"]);
}

#[test]
fn a_machine_file_outside_the_repository_is_refused() {
    let sandbox = Sandbox::old();
    let flake = sandbox.read("flake.nix");
    fs::write(sandbox.beside("carbon.nix"), "{ }\n").unwrap();
    for path in ["../carbon.nix", "./machines/../../carbon.nix"] {
        sandbox.write("flake.nix", &flake.replace("./machines/carbon.nix", path));
        sandbox.commit_all("out");
        soon(&sandbox, path, &["apply"]).expect(2, &["outside the repository"]);
        assert_eq!(fs::read(sandbox.beside("carbon.nix")).unwrap(), b"{ }\n");
    }
}

/// What a terminal would obey: an escape sequence, one of a single byte, and an override of the reading direction.
const EVIL: &str = "\x1b[31m\u{9b}2J\u{202e}";

fn is_safe(text: &str) -> bool {
    let obeyed = |one: char| (one.is_control() && one != '\n' && one != '\t') || one == '\u{202e}';
    !text.contains(obeyed)
}

/// A repository with such characters in a host, a file, a comment, a string and a module that is missing.
fn evil() -> Sandbox {
    let sandbox = Sandbox::old();
    let flake = sandbox.read("flake.nix");
    let hosts = format!(
        "nixosConfigurations.\"evil{EVIL}\" = nixpkgs.lib.nixosSystem {{ # {EVIL}
      modules = [ (./machines + \"/evil{EVIL}.nix\") ];
    }};
    nixosConfigurations.\"gone{EVIL}\" = nixpkgs.lib.nixosSystem {{
      modules = [ (./machines + \"/gone{EVIL}.nix\") ];
    }};
    nixosConfigurations.carbon"
    );
    sandbox.write(
        "flake.nix",
        &flake.replace("nixosConfigurations.carbon", &hosts),
    );
    sandbox.write(&format!("machines/evil{EVIL}.nix"), MACHINE);
    sandbox.commit_all(&format!("evil {EVIL}"));
    sandbox
}

#[test]
fn nothing_that_a_terminal_would_obey_is_ever_printed() {
    let sandbox = evil();
    let host = format!("evil{EVIL}");
    let path = format!("nowhere{EVIL}");
    let profile = format!("{host}=c{EVIL}");
    let commands: [&[&str]; 22] = [
        &["show"],
        &["show", "--format", "json"],
        &["show", "--host", &host],
        &["show", "--host", &path],
        &["apply", "--dry-run"],
        &["apply", "--dry-run", "--keep-going"],
        &["apply", "--dry-run", "--keep-going", "--format", "json"],
        &["apply", "--dry-run", "--profile", &profile],
        &["apply", "--dry-run", "--only", &path],
        &["apply", "--dry-run", "--remove", &path],
        &["apply", &path],
        &["apply", "--branch", &path, "--keep-going"],
        &["check", "--staged"],
        &["check", "--format", &path],
        &["verify"],
        &["hook", "install", &path],
        &["explain", &path],
        &["recipe", "check", &path],
        &["apply", "--recipe", &path],
        &[&path],
        &["apply", "--keep-going", "-m", "m"],
        &["check"],
    ];
    for command in commands {
        let ran = sandbox.nixfix(command);
        assert!(is_safe(&ran.text), "{command:?}: {:?}", ran.text);
    }
    let broken = sandbox
        .read("flake.nix")
        .replace("outputs =", &format!("outputs = {EVIL}"));
    sandbox.write("flake.nix", &broken);
    sandbox.write("nixfix.toml", &format!("version = 1\n[\"{host}\"]\n"));
    sandbox.git(&["add", "--all"]);
    for command in [&["check"][..], &["check", "--staged"], &["hook", "install"]] {
        let ran = sandbox.nixfix(command);
        assert!(is_safe(&ran.text), "{command:?}: {:?}", ran.text);
    }
}

#[test]
fn odd_names_are_written_and_committed_like_any_other() {
    for name in [
        "my machine",
        "it's",
        "a\nb",
        "naïve ☃",
        "-n",
        "a\"b",
        "$(id)",
        "*",
    ] {
        let sandbox = Sandbox::old();
        let quoted = name
            .replace('"', "\\\"")
            .replace('$', "\\$")
            .replace('\n', "\\n");
        let flake = sandbox.read("flake.nix");
        let module = format!("(./machines + \"/{quoted}.nix\")");
        sandbox.write(
            "flake.nix",
            &flake.replace("./machines/carbon.nix", &module),
        );
        let file = format!("machines/{name}.nix");
        sandbox.git(&["mv", "machines/carbon.nix", &file]);
        sandbox.commit_all("odd");
        sandbox.nixfix(&["apply"]).expect(0, &["committed"]);
        assert!(sandbox.read(&file).contains("hardware-profiles/cuda.nix"));
        assert_eq!(sandbox.git(&["status", "--porcelain"]), "");
        sandbox.nixfix(&["check"]).expect(0, &["nothing to do"]);
    }
}
