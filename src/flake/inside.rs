//! The configurations inside of a host's, such as those that Home Manager makes of its users, the nodes of tests, and what
//! other flakes of the repository are made of.
//!
//! These modules are not evaluated. Their files are those that are named where they are defined, and what the texts of
//! these name in turn.

use std::collections::BTreeSet;

use super::Flake;
use super::model::HostModel;
use super::modules::each_file;
use super::options::{definitions_in, each_content};
use crate::eval::value::{Kind, Origin, Value};
use crate::path::RepoPath;
use crate::tree::EntryKind;

/// The options that make them; `*` stands for any name.
const OPTIONS: &[&[&str]] = &[
    &["home-manager", "users", "*"],
    &["home-manager", "sharedModules"],
    &["containers", "*", "config"],
    &["microvm", "vms", "*", "config"],
    &["specialisation", "*", "configuration"],
];

/// Functions that make tests of modules, as nixpkgs calls them in `nixos/lib/testing` and `pkgs.testers`.
const TESTS: &[&str] = &["runNixOSTest", "nixosTest", "makeTest", "runTest"];

/// What the configurations inside of the hosts are made of.
#[derive(Default)]
pub struct Inside {
    /// Lists of modules.
    pub lists: Vec<Value>,
    /// The files that are named where they are defined.
    named: Vec<RepoPath>,
}

impl Inside {
    /// What those of the hosts are made of.
    pub(super) fn read(flake: &Flake, hosts: &[HostModel]) -> Inside {
        let mut found = Inside::default();
        for built in hosts.iter().filter_map(|host| host.built.as_ref().ok()) {
            each_content(flake, &built.modules, |_, content| {
                found.look_into_module(flake, content);
            });
        }
        found
    }

    /// Every file that one of these configurations, a test or another flake may have for a module.
    pub(super) fn files(&self, flake: &Flake) -> BTreeSet<RepoPath> {
        let tree = flake.tree();
        let mut named = self.named.clone();
        // `flake.nix` names what hosts are made of, whatever tests it has besides.
        for file in tree.nix_files().filter(|file| **file != flake.file.path) {
            tree.search(file, |text| {
                let is_test = || TESTS.iter().any(|name| text.contains(name));
                if file.name() == "flake.nix" || text.contains("Test") && is_test() {
                    names_in(flake, file, text, &mut named);
                }
            });
        }
        let mut found = BTreeSet::new();
        while let Some(file) = named.pop() {
            if found.insert(file.clone()) {
                tree.search(&file, |text| names_in(flake, &file, text, &mut named));
            }
        }
        found
    }

    fn look_into_module(&mut self, flake: &Flake, content: &Value) {
        let Some(set) = content.as_attrs() else {
            return;
        };
        for option in OPTIONS {
            if !set.map.contains_key(option[0]) {
                continue;
            }
            let any = option.iter().position(|name| *name == "*");
            let (option, rest) = option.split_at(any.unwrap_or(option.len()));
            for definition in definitions_in(flake, content, option) {
                let binding = definition.binding.map(|site| site.origin());
                self.look_into(flake, &definition.value, binding, rest);
            }
        }
    }

    /// What is made of `value`, at the rest of the option's path.
    fn look_into(
        &mut self,
        flake: &Flake,
        value: &Value,
        binding: Option<Origin>,
        option: &[&str],
    ) {
        let Some((name, rest)) = option.split_first() else {
            let imports = flake.ev.get(value, "imports");
            let list = imports.as_ref().unwrap_or(value);
            each_file(flake, list, &mut |file| self.named.push(file));
            self.lists.push(list.clone());
            if let Some(origin) = binding {
                names_in(flake, &origin.file.path, origin.text(), &mut self.named);
            }
            return;
        };
        let Kind::Attrs(attrs) = &value.kind else {
            return;
        };
        for (known, attr) in &attrs.map {
            if *name == "*" || **known == **name {
                let binding = attr.binding.as_ref().map(|site| site.origin());
                self.look_into(flake, &flake.ev.force(&attr.value), binding, rest);
            }
        }
    }
}

/// The Nix files of the repository that a text in `file` names, by paths from there or from the root of the flake.
fn names_in(flake: &Flake, file: &RepoPath, text: &str, named: &mut Vec<RepoPath>) {
    let tree = flake.tree();
    let directory = file.parent().unwrap_or_else(RepoPath::root);
    for word in words(text) {
        let path = match word.strip_prefix('/') {
            Some(word) => flake.directory().join(word),
            None => directory.join(word),
        };
        let Some(path) = path else { continue };
        let entry = path.join("default.nix");
        let files = [Some(path), entry].into_iter().flatten();
        let is_nix = |path: &RepoPath| {
            path.name().ends_with(".nix") && tree.kind(path) == Some(EntryKind::File)
        };
        named.extend(files.filter(is_nix));
    }
}

/// What may be a path from here, or one from the root behind `${self}` or `self + "`; not in comments.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    code.flat_map(words_of_line)
}

fn words_of_line(line: &str) -> impl Iterator<Item = &str> {
    let is_path = |letter: char| letter.is_ascii_alphanumeric() || "._-+/".contains(letter);
    let mut end = 0;
    line.match_indices('/').filter_map(move |(slash, _)| {
        if slash < end {
            return None;
        }
        let before = line[..slash].trim_end_matches(is_path);
        let word = &line[before.len()..];
        let word = &word[..word.find(|letter| !is_path(letter)).unwrap_or(word.len())];
        end = before.len() + word.len();
        let is_named = match word.starts_with('/') {
            true => before.trim_end_matches([' ', '"']).ends_with(['}', '+']),
            false => word.starts_with("./") || word.starts_with("../"),
        };
        is_named.then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_wherever_they_stand() {
        let text = r#"
          imports = [ ./a.nix ../b (import ./c/d.nix { }) ]; # ./e.nix
          # ./f.nix
          "${self}/g/h" (self + "/i.nix") a/b "/etc/k" https://l.example/m
        "#;
        let found: Vec<&str> = words(text).collect();
        assert_eq!(
            found,
            ["./a.nix", "../b", "./c/d.nix", "./e.nix", "/g/h", "/i.nix"]
        );
    }
}
