#![allow(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

use std::rc::Rc;

use super::super::{Request, build};
use crate::path::RepoPath;
use crate::plan::{LeftOut, Plan};
use crate::recipe::{Flags, Recipe, Source};
use crate::tree::{File, Tree, fixture};

/// A host with the old overlay, whose package it installs.
fn old() -> Tree {
    fixture(
        r#"#- /flake.nix
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      modules = [
        ./carbon.nix
        { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-variants.nix) ]; }
      ];
    };
  };
}
#- /carbon.nix
{ pkgs, ... }: { environment.systemPackages = [ pkgs.llama-cpp-cuda ]; }
#- /nixos/pkgs/llama-cpp-variants.nix
final: prev: { llama-cpp-cuda = prev.llama-cpp.override { cudaSupport = true; }; }
"#,
    )
}

fn plan(tree: &Tree, only: &[&str], skip: &[&str], flags: &Flags) -> Plan {
    let recipe = Recipe::load(vec![Source::built_in()], flags, &RepoPath::root()).unwrap();
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    let request = Request {
        flake: RepoPath::new("flake.nix").unwrap(),
        only: names(only),
        skip: names(skip),
        keep_going: false,
        shadow: false,
        left_out: LeftOut::default(),
    };
    build(tree, &recipe, &request)
}

/// What is said of passes that need others.
fn said(plan: &Plan) -> Vec<&str> {
    let said = plan.diagnostics.iter();
    said.filter(|one| one.code == "pass-missing")
        .map(|one| &*one.message)
        .collect()
}

#[test]
fn a_pass_without_what_it_rests_on_is_refused() {
    let no_overlay = "host `carbon` lacks the overlay `nixos/pkgs/llama-cpp-overlay.nix`";
    for (only, skip, expected) in [
        (
            &["import-profile"][..],
            &[][..],
            vec![
                "`import-profile` needs `write-profiles`: `hardware-profiles/cuda.nix` is not there".to_string(),
                format!("`import-profile` needs `insert-overlay`: {no_overlay}"),
            ],
        ),
        (
            &["insert-overlay"],
            &[],
            vec![
                "`insert-overlay` needs `add-input`: the flake has no input `llama-cpp`".to_string(),
                "`insert-overlay` needs `write-overlay`: `nixos/pkgs/llama-cpp-overlay.nix` is not there".to_string(),
            ],
        ),
        (
            &[],
            &["insert-overlay"],
            vec![format!("`import-profile` needs `insert-overlay`: {no_overlay}")],
        ),
    ] {
        let plan = plan(&old(), only, skip, &Flags::default());
        assert_eq!(said(&plan), expected);
        assert!(plan.refused && plan.changes.is_empty());
    }
}

#[test]
fn a_profile_of_the_second_overlay_needs_that() {
    let flags = Flags {
        advanced: true,
        machines: vec![("carbon".to_string(), "tiger-lake".to_string())],
        ..Flags::default()
    };
    let plan = plan(&old(), &[], &["advanced-overlay"], &flags);
    let [said] = said(&plan)[..] else {
        panic!("{:?}", plan.diagnostics);
    };
    assert!(said.starts_with("`import-profile` needs `advanced-overlay`: host `carbon` lacks"));
}

#[test]
fn passes_that_rest_on_nothing_run_alone() {
    for only in [
        &["add-input"][..],
        &["write-overlay", "write-profiles"],
        &[
            "add-input",
            "write-overlay",
            "insert-overlay",
            "remove-overlay",
        ],
    ] {
        let plan = plan(&old(), only, &[], &Flags::default());
        assert_eq!(said(&plan), [""; 0]);
        assert!(!plan.refused && !plan.changes.is_empty(), "{only:?}");
    }
}

#[test]
fn an_old_overlay_stays_as_long_as_nothing_else_has_its_packages() {
    let plan = plan(&old(), &["remove-overlay"], &[], &Flags::default());
    let orphaned = plan.diagnostics.iter();
    let mut orphaned = orphaned.filter(|one| one.code == "package-orphaned");
    let help = orphaned.next().and_then(|one| one.help.as_deref());
    let expected = "the new overlay has it as well: run `insert-overlay`, too";
    assert_eq!(help, Some(expected));
    assert!(plan.refused);
}

#[test]
fn one_pass_after_another_comes_to_what_all_of_them_come_to() {
    let steps: [&[&str]; 5] = [
        &["add-input"],
        &["write-overlay"],
        // The old overlay defines what the new one does, so one takes the place of the other.
        &["insert-overlay", "remove-overlay"],
        &["write-profiles"],
        &["import-profile"],
    ];
    let applied = |tree: &Tree, only: &[&str]| {
        let plan = plan(tree, only, &[], &Flags::default());
        assert!(!plan.refused, "{only:?}: {:#?}", plan.diagnostics);
        let changes = plan.changes.iter();
        changes.fold(tree.clone(), |tree, change| match &change.after {
            Some(text) => tree.with_text(&change.path, &**text),
            None => tree.without(&change.path),
        })
    };
    let texts = |tree: &Tree| -> Vec<_> {
        let text = |file: Option<&Rc<File>>| file.map(|file| file.text.clone());
        let files = tree.changed();
        files
            .map(|(path, file)| (path.clone(), text(file)))
            .collect()
    };
    let stepwise = steps.iter().fold(old(), |tree, only| applied(&tree, only));
    assert_eq!(texts(&stepwise), texts(&applied(&old(), &[])));
}
