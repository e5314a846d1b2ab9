//! Declares the flake input, with what it follows, in the file's own style.
//!
//! ```nix
//! inputs.nixpkgs.url = "github:nixos/nixpkgs";
//! outputs = { self, nixpkgs }: { };
//! ```
//! ->
//! ```nix
//! inputs.nixpkgs.url = "github:nixos/nixpkgs";
//! inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
//! inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
//! outputs = { self, nixpkgs, llama-cpp }: { };
//! ```

mod behind;
mod complete;
mod declare;
mod follows;
mod formals;

use rnix::ast;

use self::complete::complete;
use self::declare::declare;
use self::follows::follows;
use self::formals::add_formals;
use super::{Changes, Context, Pass, Subject};
use crate::syntax::unwrap_parens;

pub(super) const PASS: Pass = Pass {
    name: "add-input",
    subject: Subject::Files,
    wanted: |recipe| recipe.input.is_some(),
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    let Some(input) = &context.recipe.input else {
        return;
    };
    let flake = &context.model.flake;
    let Some(root) = flake.file.root().ok().and_then(|root| root.expr()) else {
        return;
    };
    let ast::Expr::AttrSet(root) = unwrap_parens(root) else {
        return;
    };
    let follows = follows(changes, context, input);
    match flake
        .input(&input.name)
        .filter(|declared| declared.binding.is_some())
    {
        Some(declared) => {
            complete(changes, flake, &root, declared, input, &follows);
            if add_formals(changes, context, &input.name) > 0 {
                changes.done(format!(
                    "Take the input `{}` in `outputs`, which refused it",
                    input.name
                ));
            }
        }
        None => {
            declare(changes, flake, &root, input, &follows);
            add_formals(changes, context, &input.name);
        }
    }
}

#[cfg(test)]
mod tests {
    /// The flake.nix after the pass.
    fn with_input(flake: &str) -> String {
        let path = crate::path::RepoPath::new("flake.nix").unwrap();
        let tree = crate::tree::fixture(&format!("#- /flake.nix\n{flake}"));
        let recipe = crate::recipe::Source::built_in();
        let recipe = crate::recipe::Recipe::load(
            vec![recipe],
            &Default::default(),
            &crate::path::RepoPath::root(),
        );
        let request = crate::plan::Request {
            flake: path,
            only: vec!["add-input".to_string()],
            skip: Vec::new(),
            keep_going: false,
            shadow: false,
        };
        let plan = crate::plan::build(&tree, &recipe.unwrap(), &request);
        plan.changes
            .first()
            .and_then(|change| change.after.clone())
            .map_or(flake.to_string(), |after| after.to_string())
    }

    #[test]
    fn a_declared_input_that_outputs_refuses_becomes_a_formal() {
        let inputs = r#"inputs.nixpkgs.url = "nixpkgs"; inputs.llama-cpp = { url = "github:ggml-org/llama.cpp"; inputs.nixpkgs.follows = "nixpkgs"; };"#;
        for (before, after) in [
            (
                "{ self, nixpkgs }: { }",
                "{ self, nixpkgs, llama-cpp }: { }",
            ),
            (
                "{ self, nixpkgs }@all: { }",
                "{ self, nixpkgs, llama-cpp }@all: { }",
            ),
            (
                "{ self, nixpkgs, llama-cpp }: { }",
                "{ self, nixpkgs, llama-cpp }: { }",
            ),
            ("{ self, nixpkgs, ... }: { }", "{ self, nixpkgs, ... }: { }"),
            // Nix refuses this one with or without the new input.
            ("{ self }: { }", "{ self }: { }"),
        ] {
            let flake = |outputs: &str| format!("{{ {inputs} outputs = {outputs}; }}");
            assert_eq!(with_input(&flake(before)), flake(after));
        }
    }
}
