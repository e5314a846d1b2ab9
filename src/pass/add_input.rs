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

mod complete;
mod declare;
mod follows;
mod formals;
mod in_order;
mod source;

use self::complete::complete;
use self::declare::declare;
use self::follows::follows;
use self::formals::add_formals;
use super::{Changes, Context, Pass, Subject};
use crate::diagnostic::Diagnostic;
use crate::expr::{Bindings, Expr, ExprId, Exprs};
use crate::flake::model::Model;
use crate::plan::StepKind;
use crate::tree::File;

pub(super) const PASS: Pass = Pass {
    name: "add-input",
    subject: Subject::Files,
    wanted: |recipe| recipe.input.is_some(),
    by_earlier: false,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    let Some(input) = &context.recipe.input else {
        return;
    };
    let flake = &context.model.flake;
    let Some(top) = Top::of(&flake.file) else {
        return changes.say(no_set(&flake.file));
    };
    let follows = follows(changes, context, input);
    match flake
        .input(&input.name)
        .filter(|declared| declared.binding.is_some())
    {
        Some(declared) => {
            complete(changes, flake, declared, input, &follows);
            if add_formals(changes, context.model, &input.name) > 0 {
                changes.done(format!(
                    "Take the input `{}` in `outputs`, which refused it",
                    input.name
                ));
            }
            let title = format!("Complete the input `{}`", input.name);
            changes.step(StepKind::AddInput, title);
        }
        None => {
            declare(changes, flake, &top, input, &follows);
            if let Some(source) = &flake.generated {
                source::declare(changes, flake, source, input, &follows);
            }
            changes.since.declared = Some(input.name.clone());
            take_declared(changes, context.model, &input.name);
            changes.step(
                StepKind::AddInput,
                format!("Add the input `{}`", input.name),
            );
        }
    }
}

/// The flake.nix, where it is a set as it stands.
struct Top<'f> {
    file: &'f File,
    exprs: &'f Exprs,
    set: ExprId,
    bindings: &'f Bindings,
}

impl<'f> Top<'f> {
    fn of(file: &'f File) -> Option<Top<'f>> {
        let exprs = file.exprs()?;
        let set = exprs.unwrap_parens(exprs.root());
        let Expr::AttrSet(bindings) = &exprs[set] else {
            return None;
        };
        Some(Top {
            file,
            exprs,
            set,
            bindings,
        })
    }
}

/// From `EvalState::evalFile` of Nix with `mustBeTrivial`: what a flake.nix evaluates to does not count.
fn no_set(file: &File) -> Diagnostic {
    let message = "the flake is not written as an attribute set, and Nix takes nothing else";
    let diagnostic = Diagnostic::error("inputs-not-literal", message).in_file(file.path.clone());
    diagnostic.help("move what stands around the set into `outputs`, then run nixfix again")
}

/// Takes the new input wherever it is given and refused. Which sets hold it shows once it is declared: one that holds the
/// other inputs may be any argument, such as `{ nixpkgs, overlays }` where nixpkgs is the only input.
fn take_declared(changes: &mut Changes, before: &Model, name: &str) {
    before.hosts();
    // A set that will hold all inputs holds all of them now.
    let no_candidates = before.flake.ev.closed_calls().is_empty();
    if !changes.flush() || no_candidates {
        return;
    }
    match Model::read(&changes.tree, &before.flake.file.path) {
        Ok(model) => drop(add_formals(changes, &model, name)),
        Err(errors) => errors.into_iter().for_each(|error| changes.say(error)),
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
            left_out: crate::plan::LeftOut::default(),
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

    #[test]
    fn a_function_that_is_given_the_other_inputs_by_hand_does_not_get_the_new_one() {
        let before = r#"{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { self, nixpkgs, ... }:
    let mkPkgs = { nixpkgs, overlays ? [ ] }: import nixpkgs { inherit overlays; };
    in { packages = mkPkgs { inherit nixpkgs; }; };
}
"#;
        let after = with_input(before);
        assert!(
            after.contains("llama-cpp.url = ") && after.contains("{ nixpkgs, overlays ? [ ] }:"),
            "{after}"
        );
    }

    #[test]
    fn every_function_that_is_given_the_set_of_inputs_takes_the_new_one() {
        let before = r#"{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { self, nixpkgs }@all:
    let host = { self, nixpkgs }: nixpkgs.lib.nixosSystem { modules = [ ]; };
    in { nixosConfigurations.carbon = host all; };
}
"#;
        let after = with_input(before);
        assert_eq!(
            after.matches("{ self, nixpkgs, llama-cpp }").count(),
            2,
            "{after}"
        );
    }
}
