//! Point 2: the input resolves to its url and follows, and the other inputs are what they were. Where a tool writes the
//! flake.nix, the same holds for what it is made from, and nothing else of it has changed.

use super::{Question, failure};
use crate::diagnostic::Diagnostic;
use crate::flake::Flake;
use crate::flake::generated::beside_inputs;
use crate::flake::inputs::Input as Declared;
use crate::flake::model::Model;
use crate::recipe::Input;

pub(super) fn check(question: &Question, after: &Model) -> Vec<Diagnostic> {
    let (before, after) = (&question.before.flake, &after.flake);
    let wanted = (question.recipe.input.as_ref()).filter(|_| question.ran("add-input"));
    let mut problems = Vec::new();
    if let Some(wanted) = wanted {
        let inputs = Inputs {
            before: &before.inputs,
            after: &after.inputs,
            flake: after,
        };
        problems.extend(inputs.problems(wanted));
    }
    problems.extend(of_source(wanted, before, after));
    let failure = |problem| failure("proof-input", problem);
    problems.into_iter().map(failure).collect()
}

/// The inputs as they are declared in one place.
struct Inputs<'a> {
    before: &'a [Declared],
    after: &'a [Declared],
    flake: &'a Flake,
}

/// What is wrong with a generated flake.nix and what it is made from.
fn of_source(wanted: Option<&Input>, before: &Flake, after: &Flake) -> Vec<String> {
    let (source, made) = match (&before.generated, &after.generated) {
        (None, None) => return Vec::new(),
        (Some(source), Some(made)) => (source, made),
        _ => return vec!["what the flake is generated from would change".to_string()],
    };
    let mut problems = Vec::new();
    if beside_inputs(&before.file) != beside_inputs(&after.file) {
        let file = &after.file.path;
        problems.push(format!(
            "`{file}` is generated, and more than its inputs would change"
        ));
    }
    let inputs = Inputs {
        before: &source.inputs,
        after: &made.inputs,
        flake: after,
    };
    let is_new = |wanted: &&Input| before.input(&wanted.name).is_none();
    match wanted.filter(is_new) {
        Some(wanted) => problems.extend(inputs.problems(wanted)),
        None => problems.extend(inputs.changed("")),
    }
    problems
}

impl Inputs<'_> {
    fn problems(&self, wanted: &Input) -> Vec<String> {
        let mut problems = self.changed(&wanted.name);
        let is_it = |input: &&Declared| *input.name == *wanted.name;
        let Some(input) = self.after.iter().find(is_it) else {
            problems.push(format!("the input `{}` is missing", wanted.name));
            return problems;
        };
        let old = self.before.iter().find(is_it);
        if old.is_some_and(|old| old.follows.is_some()) {
            return problems;
        }
        let url = old.and_then(|old| old.url.as_ref()).unwrap_or(&wanted.url);
        if input.url.as_ref() != Some(url) {
            problems.push(format!("the input `{}` does not have its url", wanted.name));
        }
        for (left, _) in &wanted.follows {
            let target = input.overrides.get(left.as_str());
            let target = target.and_then(Option::as_deref);
            let resolves = target
                .is_some_and(|target| self.flake.input(target).is_some() || target.contains('/'));
            if !resolves && !self.before.is_empty() {
                problems.push(format!(
                    "`{}.inputs.{left}` follows no input of the flake",
                    wanted.name
                ));
            }
        }
        problems
    }

    /// What has become of all inputs but `wanted`.
    fn changed(&self, wanted: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let others = || self.before.iter().filter(|input| *input.name != *wanted);
        for old in others().filter(|input| input.binding.is_some()) {
            let same = |new: &&Declared| {
                new.name == old.name
                    && (&new.url, &new.follows, &new.overrides)
                        == (&old.url, &old.follows, &old.overrides)
            };
            if self.after.iter().find(same).is_none() {
                problems.push(format!("the input `{}` would change", old.name));
            }
        }
        let is_wanted = self.after.iter().any(|input| *input.name == *wanted);
        if self.after.len() != others().count() + usize::from(is_wanted) {
            let what = "the set of inputs is not the old one and the new input";
            problems.push(what.to_string());
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::RepoPath;
    use crate::recipe::{Recipe, Source};

    /// What is wrong with a generated flake.nix, with these inputs in it and in the module that it is made from.
    fn problems(before: (&str, &str), (flake, module): (&str, &str), outputs: &str) -> Vec<String> {
        let read = |flake: &str, module: &str, outputs: &str| {
            let tree = crate::tree::fixture(&format!(
                "#- /flake.nix\n# DO-NOT-EDIT: written by flake-file\n\
                 {{ inputs = {{ flake-parts.url = \"github:hercules-ci/flake-parts\"; {flake} }}; outputs = {outputs}; }}\n\
                 #- /module.nix\n{{ flake-file.inputs = {{ {module} }}; }}\n"
            ));
            Flake::read(&tree, &RepoPath::new("flake.nix").unwrap()).unwrap()
        };
        let built_in = vec![Source::built_in()];
        let recipe = Recipe::load(built_in, &Default::default(), &RepoPath::root()).unwrap();
        let before = read(before.0, before.1, OUTPUTS);
        of_source(
            recipe.input.as_ref(),
            &before,
            &read(flake, module, outputs),
        )
    }

    const OUTPUTS: &str = "inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } ./module.nix";
    const OLD: &str = r#"nixpkgs.url = "github:NixOS/nixpkgs";"#;
    const NEW: &str = r#"nixpkgs.url = "github:NixOS/nixpkgs"; llama-cpp.url = "github:ggml-org/llama.cpp"; llama-cpp.inputs.nixpkgs.follows = "nixpkgs";"#;

    #[test]
    fn the_new_input_belongs_to_what_the_flake_is_generated_from_as_well() {
        assert_eq!(problems((OLD, OLD), (NEW, NEW), OUTPUTS), [] as [&str; 0]);
        assert_eq!(
            problems((OLD, OLD), (NEW, OLD), OUTPUTS),
            ["the input `llama-cpp` is missing"]
        );
        // It was there in one of them.
        assert_eq!(problems((OLD, NEW), (NEW, NEW), OUTPUTS), [] as [&str; 0]);
        assert_eq!(problems((NEW, OLD), (NEW, OLD), OUTPUTS), [] as [&str; 0]);
    }

    #[test]
    fn what_the_flake_is_generated_from_keeps_its_inputs() {
        let other = NEW.replace("NixOS", "someone");
        assert_eq!(
            problems((OLD, OLD), (NEW, &other), OUTPUTS),
            ["the input `nixpkgs` would change"]
        );
        let more = format!("{NEW} systems.url = \"github:nix-systems/default\";");
        assert_eq!(
            problems((OLD, OLD), (NEW, &more), OUTPUTS),
            ["the set of inputs is not the old one and the new input"]
        );
        let elsewhere = NEW.replace("ggml-org", "someone");
        assert_eq!(
            problems((OLD, OLD), (NEW, &elsewhere), OUTPUTS),
            ["the input `llama-cpp` does not have its url"]
        );
    }

    #[test]
    fn nothing_of_a_generated_flake_changes_but_its_inputs() {
        let outputs = OUTPUTS.replace("inputs: ", "inputs:  ");
        assert_eq!(
            problems((OLD, OLD), (NEW, NEW), &outputs),
            ["`flake.nix` is generated, and more than its inputs would change"]
        );
    }
}
