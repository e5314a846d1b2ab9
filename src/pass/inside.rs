//! The configurations inside of a host's, such as those that Home Manager makes of its users, and the nodes of tests. A
//! module file or a list of modules that one of them has as well is no place for anything: what a host needs may be no
//! option there, and a test has packages of its own.
//!
//! These modules are not evaluated. Their files are those that are named where they are defined, and what the texts of
//! these name in turn.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::cover::{Chosen, Cover, Spot, SpotKey};
use super::doubt::everywhere;
use crate::eval::value::{Kind, Origin, Value};
use crate::flake::Flake;
use crate::flake::machine::is_whole_file;
use crate::flake::model::Built;
use crate::flake::modules::{Modules, each_file};
use crate::flake::options::definitions;
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

impl Cover {
    /// The places to use for `wanting`, as [`Cover::choose`] gives them, none of which is used inside of a host as well.
    pub fn choose_own(
        &mut self,
        context: &Context,
        wanting: &BTreeSet<usize>,
    ) -> (Vec<Chosen>, BTreeMap<usize, BTreeSet<usize>>) {
        let inside = LazyCell::new(|| Inside::of(context));
        loop {
            let (chosen, left) = self.choose(wanting);
            let shared = |choice: &&Chosen| inside.has(context, choice);
            let shared: Vec<_> = chosen.iter().filter(shared).collect();
            if shared.is_empty() {
                return (chosen, left);
            }
            shared
                .iter()
                .for_each(|choice| self.pass_over(&choice.spot));
        }
    }
}

/// Whether the machine file of the host is part of one of them.
pub(super) fn is_used_inside(context: &Context, built: &Built) -> bool {
    let file = built.machine_file.as_ref();
    file.is_some_and(|file| Inside::of(context).files.contains(file))
}

/// What all of them are made of.
struct Inside {
    lists: BTreeSet<SpotKey>,
    files: BTreeSet<RepoPath>,
}

impl Inside {
    fn of(context: &Context) -> Inside {
        let flake = &context.model.flake;
        let mut found = Inside {
            lists: BTreeSet::new(),
            files: BTreeSet::new(),
        };
        let mut named = Vec::new();
        // `flake.nix` names what hosts are made of, whatever tests it has besides.
        let files = flake.tree().nix_files();
        for file in files.filter(|file| **file != flake.file.path) {
            flake.tree().has(file, |text| {
                if text.contains("Test") && TESTS.iter().any(|name| text.contains(name)) {
                    names_in(flake, file, text, &mut named);
                }
                false
            });
        }
        for (_, _, built) in context.model.built() {
            for option in OPTIONS {
                for definition in definitions(flake, &built.modules, &option[..1]) {
                    let binding = definition.binding.map(|site| site.origin());
                    found.look_into(flake, &definition.value, binding, &option[1..], &mut named);
                }
            }
        }
        while let Some(file) = named.pop() {
            if found.files.insert(file.clone()) {
                flake.tree().has(&file, |text| {
                    names_in(flake, &file, text, &mut named);
                    false
                });
            }
        }
        found
    }

    /// What is made of `value`, at the rest of the option's path.
    fn look_into(
        &mut self,
        flake: &Flake,
        value: &Value,
        binding: Option<Origin>,
        option: &[&str],
        named: &mut Vec<RepoPath>,
    ) {
        let Some((name, rest)) = option.split_first() else {
            let imports = flake.ev.get(value, "imports");
            let list = imports.as_ref().unwrap_or(value);
            let mut lists = Vec::new();
            everywhere(list, &mut lists);
            self.lists.extend(lists.iter().map(Spot::key));
            each_file(flake, list, &mut |file| named.push(file));
            if let Some(origin) = binding {
                names_in(flake, &origin.file.path, origin.text(), named);
            }
            return;
        };
        let Kind::Attrs(attrs) = &value.kind else {
            return;
        };
        for (known, attr) in &attrs.map {
            if *name == "*" || **known == **name {
                let binding = attr.binding.as_ref().map(|site| site.origin());
                self.look_into(flake, &flake.ev.force(&attr.value), binding, rest, named);
            }
        }
    }

    /// Whether one of them has the list, or the module file that the place is in.
    fn has(&self, context: &Context, choice: &Chosen) -> bool {
        let spot = &choice.spot;
        self.lists.contains(&spot.key())
            || self.files.contains(spot.file()) && is_in_module_file(context, choice)
    }
}

/// Whether the place is in a file that is a module of the hosts it serves.
fn is_in_module_file(context: &Context, choice: &Chosen) -> bool {
    let file = choice.spot.file();
    let hosts = context.model.hosts();
    let built = choice
        .hosts
        .iter()
        .filter_map(|host| hosts.get(*host)?.built.as_ref().ok());
    let mut modules = built.map(|built| &built.modules);
    modules.any(|modules| modules.of_file(file).is_some() || is_imported(modules, file))
}

/// Whether the whole file is a module that the host has as a value.
fn is_imported(modules: &Modules, file: &RepoPath) -> bool {
    let mut origins = modules
        .all
        .iter()
        .filter_map(|module| module.origin.as_ref());
    origins.any(|origin| origin.file.path == *file && is_whole_file(origin))
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
