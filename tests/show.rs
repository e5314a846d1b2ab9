//! `nixfix show --tree` and `--format dot` on a flake with odd names.

#![allow(
    clippy::unwrap_used,
    reason = "a failed step of the set-up is a failed test"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const FLAKE: &str = r#"{
  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
  outputs = { self, nixpkgs, ... }@inputs: {
    nixosConfigurations = {
      "a\"b\\" = nixpkgs.lib.nixosSystem { modules = [ ./common.nix { nixpkgs.overlays = [ inputs.own.overlays.default ]; } ]; };
      plain = nixpkgs.lib.nixosSystem { modules = [ ./common.nix ] ++ nixpkgs.lib.optional self.sure ./perhaps.nix; };
      lost = inputs.fleet.lib.host "lost";
    };
  };
}
"#;

fn repository() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("flake.nix", FLAKE),
        ("common.nix", "{ imports = [ ./disk.nix ]; }\n"),
        ("disk.nix", "{ }\n"),
        ("perhaps.nix", "{ }\n"),
    ] {
        std::fs::write(dir.path().join(file), text).unwrap();
    }
    for arguments in [&["init", "--quiet"][..], &["add", "--all"]] {
        let status = Command::new("git")
            .args(arguments)
            .current_dir(dir.path())
            .status();
        assert!(status.unwrap().success());
    }
    dir
}

fn show(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nixfix"));
    command
        .arg("show")
        .args(arguments)
        .current_dir(dir)
        .output()
        .unwrap()
}

fn printed(dir: &Path, arguments: &[&str]) -> String {
    let output = show(dir, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_tree_has_hosts_modules_imports_and_overlays() {
    let dir = repository();
    let expected = r#"flake.nix
|-- inputs
|   `-- nixpkgs  github:nixos/nixpkgs/nixos-unstable
`-- hosts
    |-- a"b\  built by nixpkgs  at flake.nix:5
    |   |-- common.nix  at flake.nix:5
    |   |   `-- disk.nix  at common.nix:1
    |   `-- written in place  at flake.nix:5
    |       `-- overlays  at flake.nix:5
    |           `-- there is no attribute own  at flake.nix:5
    |-- lost  at flake.nix:7: cannot be followed: there is no attribute `fleet`
    `-- plain  built by nixpkgs  at flake.nix:6
        |-- common.nix  at flake.nix:6 (as above)
        `-- perhaps.nix  at flake.nix:6 (under a condition)
"#;
    assert_eq!(printed(dir.path(), &["--tree"]), expected);
}

#[test]
fn one_host_alone_can_be_shown_and_one_that_is_not_there_is_told() {
    let dir = repository();
    let tree = printed(dir.path(), &["--tree", "--host", "plain"]);
    assert!(tree.contains("plain") && !tree.contains("lost"), "{tree}");
    let output = show(dir.path(), &["--tree", "--host", "plian"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        said,
        "error: the flake has no host `plian`: did you mean `plain`?\n"
    );
}

/// A statement of the graph, read by the language's grammar: strings end at the first quote without a backslash.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Statement {
    Node(String),
    Edge(String, String),
}

/// The string that `text` begins with, and what follows it.
fn string(text: &str) -> (String, &str) {
    let mut content = String::new();
    let mut characters = text
        .strip_prefix('"')
        .unwrap_or_else(|| panic!("no string: {text}"))
        .char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (content, &text[at + 2..]),
            '\\' => content.extend(characters.next().map(|(_, escaped)| escaped)),
            other => content.push(other),
        }
    }
    panic!("the string does not end: {text}")
}

fn statements(graph: &str) -> BTreeSet<Statement> {
    let mut lines: Vec<&str> = graph.lines().map(str::trim).collect();
    assert_eq!(
        (lines.remove(0), lines.pop()),
        ("digraph nixfix {", Some("}"))
    );
    let lines = lines.into_iter().filter(|line| line.starts_with('"'));
    let statement = |line: &str| {
        let (name, rest) = string(line.strip_suffix(';').unwrap());
        if let Some(rest) = rest.strip_prefix(" -> ") {
            let (to, rest) = string(rest);
            assert!(["", " [style=dashed]"].contains(&rest), "{line}");
            return Statement::Edge(name, to);
        }
        let (_, rest) = string(rest.strip_prefix(" [label=").unwrap());
        let shape = rest
            .strip_prefix(", shape=")
            .and_then(|rest| rest.strip_suffix(']'));
        assert!(
            shape.unwrap().chars().all(|c| c.is_ascii_alphanumeric()),
            "{line}"
        );
        Statement::Node(name)
    };
    lines.map(statement).collect()
}

#[test]
fn the_graph_is_one_that_graphviz_reads_whatever_the_names_are() {
    let dir = repository();
    let graph = printed(dir.path(), &["--format", "dot"]);
    let statements = statements(&graph);
    let nodes: BTreeSet<&String> = statements
        .iter()
        .filter_map(|one| match one {
            Statement::Node(name) => Some(name),
            Statement::Edge(..) => None,
        })
        .collect();
    assert!(nodes.contains(&"host a\"b\\".to_string()), "{nodes:?}");
    for statement in &statements {
        if let Statement::Edge(from, to) = statement {
            assert!(nodes.contains(from) && nodes.contains(to), "{statement:?}");
        }
    }
    let edge = |from: &str, to: &str| Statement::Edge(from.to_string(), to.to_string());
    assert!(statements.contains(&edge("module common.nix", "module disk.nix")));
    assert!(statements.contains(&edge("host plain", "module common.nix")));
    assert!(
        graph.contains("\"module perhaps.nix\" [style=dashed]"),
        "{graph}"
    );
}
