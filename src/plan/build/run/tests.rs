#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};

use super::super::{Planner, Request};
use super::Models;
use crate::flake::model::Model;
use crate::pass::Changes;
use crate::path::RepoPath;
use crate::plan::LeftOut;
use crate::recipe::{Recipe, Source};
use crate::tree::{Tree, fixture};

/// What the passes do by each kind of model, and which of them an earlier one served.
fn by_both(tree: &Tree) -> Option<(Changes, Changes, Vec<&'static str>)> {
    let flake = RepoPath::new("flake.nix").unwrap();
    let model = Model::read(tree, &flake).ok()?;
    let sources = vec![Source::built_in()];
    let recipe = Recipe::load(sources, &Default::default(), &RepoPath::root()).unwrap();
    let request = Request {
        flake,
        only: Vec::new(),
        skip: Vec::new(),
        keep_going: true,
        shadow: false,
        left_out: LeftOut::default(),
    };
    let planner = Planner::new(&model, &recipe, &request);
    let at_hand = planner.run(&model, Models::AtHand);
    let newest = planner.run(&model, Models::Newest);
    assert!(newest.by_earlier.is_empty());
    Some((at_hand.changes, newest.changes, at_hand.by_earlier))
}

/// Everything that can be seen of the changes.
fn seen_of(changes: &Changes) -> String {
    let files = changes.history.keys().chain(&changes.created);
    let texts = files.map(|file| changes.tree.file(file).map(|file| file.text.clone()));
    let texts: Vec<_> = texts.collect();
    format!(
        "{texts:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}",
        changes.deleted,
        changes.placed,
        changes.done,
        changes.steps,
        changes.diagnostics,
        changes.refused
    )
}

/// The files below a directory, as paths in it.
fn files_below(root: &Path, directory: &Path, found: &mut Vec<RepoPath>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files_below(root, &path, found),
            false => {
                let inside = path.strip_prefix(root).unwrap().to_str().unwrap();
                found.push(RepoPath::new(inside).unwrap());
            }
        }
    }
}

#[test]
fn an_earlier_model_gives_what_the_newest_gives() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (mut cases, mut served) = (0, 0);
    for case in fs::read_dir(corpus).unwrap() {
        let root = case.unwrap().path().join("before");
        if !root.is_dir() {
            continue;
        }
        let mut files = Vec::new();
        files_below(&root, &root, &mut files);
        let tree = Tree::on_disk(root.clone(), files, Default::default());
        let Some((at_hand, newest, by_earlier)) = by_both(&tree) else {
            continue;
        };
        let (at_hand, newest) = (seen_of(&at_hand), seen_of(&newest));
        let diff = similar::TextDiff::from_lines(&newest, &at_hand);
        let diff = diff.unified_diff().to_string();
        assert!(diff.is_empty(), "{}:\n{diff}", root.display());
        cases += 1;
        served += usize::from(by_earlier.len() == 2);
    }
    assert!(
        served * 2 > cases,
        "{served} of {cases} by an earlier model"
    );
}

/// The passes that an earlier model serves in a flake with these outputs; the result is the same in any case.
fn served(outputs: &str) -> Vec<&'static str> {
    let files = format!(
        r#"#- /flake.nix
{{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = {outputs};
}}
#- /carbon.nix
{{ imports = [ ./disk.nix ]; }}
#- /disk.nix
{{ }}
"#
    );
    let (at_hand, newest, by_earlier) = by_both(&fixture(&files)).unwrap();
    assert_eq!(seen_of(&at_hand), seen_of(&newest));
    assert!(at_hand.refused.is_empty(), "{:?}", at_hand.refused);
    assert!(!at_hand.placed.is_empty(), "{files}");
    by_earlier
}

#[test]
fn one_model_serves_where_places_are_apart_and_inputs_have_a_name() {
    let outputs = "inputs: { nixosConfigurations.carbon = inputs.nixpkgs.lib.nixosSystem { modules = [ ./carbon.nix ]; }; }";
    assert_eq!(served(outputs), ["insert-overlay", "import-profile"]);
}

#[test]
fn whether_a_set_made_of_inputs_will_have_the_new_one_is_asked_of_the_newest_model() {
    let outputs = r#"all: let inputs = removeAttrs all [ "self" ]; in {
      nixosConfigurations.carbon = inputs.nixpkgs.lib.nixosSystem { modules = [ ./carbon.nix ]; };
    }"#;
    assert_eq!(served(outputs), ["import-profile"]);
}

#[test]
fn a_new_argument_of_outputs_is_seen_in_the_newest_model() {
    let outputs = "{ self, nixpkgs }: { nixosConfigurations.carbon = nixpkgs.lib.nixosSystem { modules = [ ./carbon.nix ]; }; }";
    assert_eq!(served(outputs), ["import-profile"]);
}

#[test]
fn a_list_that_was_added_to_is_laid_out_by_the_newest_model() {
    let outputs = "inputs: { nixosConfigurations.carbon = inputs.nixpkgs.lib.nixosSystem { modules = [ { boot = { }; } ]; }; }";
    assert_eq!(served(outputs), ["insert-overlay"]);
}
