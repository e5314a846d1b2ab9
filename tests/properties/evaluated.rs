//! Any text, parsed and evaluated at the places of a flake where it is looked at most closely.

use std::collections::BTreeMap;

use nixfix::expr::Exprs;
use nixfix::syntax::parse;
use rowan::ast::AstNode;

use super::planned;
use super::repo::{Files, Repo};

const HEAD: &str = r#"{
  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
  outputs = { self, nixpkgs, ... }@inputs: { nixosConfigurations = "#;
const TAIL: &str = "; };\n}\n";
const HOST: &str = r#"{ carbon = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [ ./machine.nix ];
    }; }"#;

/// Parses `text`, and plans flakes that are it, whose hosts are it, or whose machine file is it.
///
/// # Errors
/// What does not hold: it does not print as it was, the evaluator reads what is no Nix, or [`planned::check`] finds
/// something.
pub fn check(text: &str) -> Result<bool, String> {
    let Ok(root) = parse(text) else {
        return match Exprs::parse(text) {
            Ok(_) => Err(format!("the evaluator reads what is no Nix: {text:?}")),
            Err(_) => Ok(false),
        };
    };
    if root.syntax().to_string() != text {
        return Err(format!("it does not print as it was: {text:?}"));
    }
    // A syntax tree is dropped where the stack is deep, like the one that was made of it.
    drop(root);
    for files in [
        files(&[("flake.nix", text)]),
        files(&[("flake.nix", &format!("{HEAD}{text}\n{TAIL}"))]),
        files(&[
            ("flake.nix", &format!("{HEAD}{HOST}{TAIL}")),
            ("machine.nix", text),
        ]),
    ] {
        planned::check(&Repo {
            files,
            given: Vec::new(),
            profiles: Vec::new(),
            keep_going: false,
        })?;
    }
    Ok(true)
}

fn files(all: &[(&str, &str)]) -> Files {
    let owned = all
        .iter()
        .map(|(path, text)| (path.to_string(), text.to_string()));
    owned.collect::<BTreeMap<_, _>>()
}
