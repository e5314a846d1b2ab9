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

use rnix::ast::{self, HasEntry};

use super::{Changes, Context, Pass};
use crate::diagnostic::{Diagnostic, Severity};
use crate::eval::InputKind;
use crate::flake::Flake;
use crate::flake::inputs::Input as Declared;
use crate::recipe::{Follows, Input};
use crate::rewrite::{self, Position};
use crate::syntax::{self, Binding, node_at, range_of, unwrap_parens};

pub(super) const PASS: Pass = Pass {
    name: "add-input",
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

/// What each input of the new input follows: pairs of its input and a root input.
fn follows(changes: &mut Changes, context: &Context, input: &Input) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (left, right) in &input.follows {
        match right {
            Follows::Input(name) if context.model.flake.input(name).is_some() => {
                pairs.push((left.clone(), name.clone()))
            }
            Follows::Input(name) => changes.say(Diagnostic::error(
                "follows-missing",
                format!(
                    "`{}` is to follow the input `{name}`, which the flake does not declare",
                    input.name
                ),
            )),
            Follows::HostNixpkgs => {
                pairs.extend(host_nixpkgs(changes, context).map(|name| (left.clone(), name)))
            }
        }
    }
    pairs
}

/// The input that builds the hosts; where they differ, the one that builds most.
fn host_nixpkgs(changes: &mut Changes, context: &Context) -> Option<String> {
    let mut votes: Vec<(String, usize)> = Vec::new();
    for (_, _, built) in context.model.built() {
        match votes
            .iter_mut()
            .find(|(name, _)| **name == *built.system.builder)
        {
            Some((_, count)) => *count += 1,
            None => votes.push((built.system.builder.to_string(), 1)),
        }
    }
    let most = votes.iter().map(|(_, count)| *count).max();
    let mut winners = votes.iter().filter(|(_, count)| Some(*count) == most);
    let first = winners.clone().next();
    // Where as many are built by each, the one that others follow as well.
    let winner = winners.find(|(name, _)| name == "nixpkgs").or(first);
    let winner = winner.map(|(name, _)| name.clone());
    if let (Some(winner), true) = (&winner, votes.len() > 1) {
        let others: Vec<_> = votes
            .iter()
            .filter(|(name, _)| name != winner)
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        let message = format!(
            "the new input follows `{winner}`, which builds most hosts; others use {}",
            others.join(", ")
        );
        changes.say(Diagnostic::new(Severity::Note, "mixed-nixpkgs", message));
    }
    let flake = &context.model.flake;
    winner.or_else(|| {
        let nixpkgs = |input: &&Declared| flake.ev.input_kind(&input.name) == InputKind::Nixpkgs;
        let named = flake.input("nixpkgs");
        named
            .or_else(|| flake.inputs.iter().find(nixpkgs))
            .map(|input| input.name.to_string())
    })
}

/// The input is there: only what it should follow may be missing.
fn complete(
    changes: &mut Changes,
    flake: &Flake,
    root: &ast::AttrSet,
    declared: &Declared,
    input: &Input,
    follows: &[(String, String)],
) {
    if !is_same_repository(flake, declared, &input.url) {
        let url = declared
            .url
            .as_deref()
            .unwrap_or("nothing that nixfix can read");
        let message = format!("the input `{}` is already taken by `{url}`", input.name);
        let mut diagnostic = Diagnostic::error("input-taken", message).help(format!(
            "rename that input, or set `input.name` in nixfix.toml; the new input is `{}`",
            input.url
        ));
        if let Some(site) = &declared.binding {
            diagnostic = diagnostic.at(site.origin.file.path.clone(), site.origin.range.clone());
        }
        return changes.say(diagnostic);
    }
    // An alias follows what its target follows.
    let missing: Vec<_> = follows
        .iter()
        .filter(|(left, _)| !declared.overrides.contains_key(left.as_str()))
        .collect();
    if declared.follows.is_some() || missing.is_empty() {
        return;
    }
    let binding = |prefix: &str| {
        let line = |(left, right): &&(String, String)| {
            format!("{prefix}inputs.{left}.follows = \"{right}\";")
        };
        missing.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let file = &flake.file;
    let path = ["inputs", input.name.as_str()];
    let set = syntax::find_binding(root, &path).map(|binding| unwrap_parens(binding.value));
    let edits = match (set, syntax::bindings_under(root, &path).last()) {
        (Some(ast::Expr::AttrSet(set)), _) => {
            rewrite::add_binding(&file.text, &set, &Position::Last, &binding(""))
        }
        (_, Some(last)) => add_behind(flake, last, |prefix| {
            binding(&format!("{prefix}{}.", input.name))
        }),
        _ => Vec::new(),
    };
    changes.edit(&file.path, edits);
    changes.done(format!(
        "Let the input `{}` follow the flake's nixpkgs",
        input.name
    ));
}

/// Adds what `text` gives for the prefix in use, `inputs.` or nothing, behind the entry of `last`.
fn add_behind(
    flake: &Flake,
    last: &Binding,
    text: impl Fn(&str) -> String,
) -> Vec<crate::edit::Edit> {
    let names = last
        .entry
        .attrpath()
        .and_then(|path| syntax::attrpath_names(&path))
        .unwrap_or_default();
    let prefix = if names.first().is_some_and(|name| name == "inputs") {
        "inputs."
    } else {
        ""
    };
    let position = Position::After(last.entry.clone().into());
    match enclosing_set(flake, last) {
        Some(set) => rewrite::add_binding(&flake.file.text, &set, &position, &text(prefix)),
        None => Vec::new(),
    }
}

fn enclosing_set(flake: &Flake, binding: &Binding) -> Option<ast::AttrSet> {
    let parent = rowan::ast::AstNode::syntax(&binding.entry).parent()?;
    let set: ast::AttrSet = rowan::ast::AstNode::cast(parent)?;
    node_at(flake.file.root().ok()?, range_of(&set))
}

/// Declares the input where the others are, as the others are.
fn declare(
    changes: &mut Changes,
    flake: &Flake,
    root: &ast::AttrSet,
    input: &Input,
    follows: &[(String, String)],
) {
    let text = &flake.file.text;
    let edits = match (
        syntax::find_binding(root, &["inputs"]),
        syntax::bindings_under(root, &["inputs"]).last(),
    ) {
        (Some(binding), _) => match unwrap_parens(binding.value) {
            ast::Expr::AttrSet(set) => {
                let declaration = if is_dotted(&set) {
                    dotted(input, follows, "")
                } else {
                    nested(input, follows, "")
                };
                rewrite::add_binding(text, &set, &Position::Last, &declaration)
            }
            other => {
                let message = "the flake's `inputs` are not an attribute set";
                let range = range_of(&other);
                return changes.say(
                    Diagnostic::error("inputs-not-literal", message)
                        .at(flake.file.path.clone(), range),
                );
            }
        },
        (None, Some(last)) => {
            let is_set = matches!(unwrap_parens(last.value.clone()), ast::Expr::AttrSet(_));
            add_behind(flake, last, |prefix| {
                if is_set {
                    nested(input, follows, prefix)
                } else {
                    dotted(input, follows, prefix)
                }
            })
        }
        (None, None) => {
            let declaration = format!(
                "inputs = {{\n  {}\n}};",
                nested(input, follows, "").replace('\n', "\n  ")
            );
            let outputs = syntax::find_binding(root, &["outputs"]);
            let position = outputs.map_or(Position::Last, |outputs| {
                Position::Before(outputs.entry.into())
            });
            rewrite::add_binding(text, root, &position, &declaration)
        }
    };
    changes.edit(&flake.file.path, edits);
    changes.done(format!("Add the input `{}`", input.name));
}

/// Whether the inputs are declared one attribute a line: `a.url = "...";`.
fn is_dotted(inputs: &ast::AttrSet) -> bool {
    let mut entries = inputs.attrpath_values().peekable();
    let dotted = |entry: ast::AttrpathValue| {
        entry
            .attrpath()
            .is_some_and(|path| path.attrs().count() > 1)
    };
    entries.peek().is_some() && entries.all(dotted)
}

fn dotted(input: &Input, follows: &[(String, String)], prefix: &str) -> String {
    let name = format!("{prefix}{}", input.name);
    let mut lines = vec![format!("{name}.url = \"{}\";", input.url)];
    lines.extend(
        follows
            .iter()
            .map(|(left, right)| format!("{name}.inputs.{left}.follows = \"{right}\";")),
    );
    lines.join("\n")
}

fn nested(input: &Input, follows: &[(String, String)], prefix: &str) -> String {
    let mut lines = vec![
        format!("{prefix}{} = {{", input.name),
        format!("  url = \"{}\";", input.url),
    ];
    lines.extend(
        follows
            .iter()
            .map(|(left, right)| format!("  inputs.{left}.follows = \"{right}\";")),
    );
    lines.push("};".to_string());
    lines.join("\n")
}

/// Adds the name to every pattern without `...` that is called with all inputs: it would refuse one more. A call that Nix
/// refuses for another name already is none of ours. Gives the number of patterns.
fn add_formals(changes: &mut Changes, context: &Context, name: &str) -> usize {
    let flake = &context.model.flake;
    // Functions in other files are called where hosts are looked into.
    context.model.hosts();
    let mut added = 0;
    for call in flake.ev.closed_calls() {
        let file = &call.pattern.file;
        let pattern = file
            .root()
            .ok()
            .and_then(|root| node_at::<ast::Pattern>(root, call.pattern.range.clone()));
        let is_named = call.formals.iter().any(|formal| &**formal == name);
        let is_ours = call.surplus.iter().all(|surplus| &**surplus == name);
        if let (Some(pattern), false, true) = (pattern, is_named, is_ours) {
            changes.edit(&file.path, rewrite::add_formal(&file.text, &pattern, name));
            added += 1;
        }
    }
    added
}

/// Whether the declared input is some version of the repository at `url`.
fn is_same_repository(flake: &Flake, declared: &Declared, url: &str) -> bool {
    let target = declared
        .follows
        .as_deref()
        .and_then(|target| flake.input(target))
        .unwrap_or(declared);
    let Some(declared) = &target.url else {
        return false;
    };
    match (repository(declared), repository(url)) {
        (Some(a), Some(b)) => a == b,
        _ => declared == url,
    }
}

/// Names under which a repository was known before: GitHub still answers to them.
const RENAMED: &[(&str, &str)] = &[("ggerganov/llama.cpp", "ggml-org/llama.cpp")];

/// `owner/name` of a repository on GitHub, lower case.
fn repository(url: &str) -> Option<String> {
    let url = url.split(['?', '#']).next()?.to_ascii_lowercase();
    let rest = url
        .strip_prefix("github:")
        .or_else(|| url.split_once("github.com/").map(|(_, rest)| rest))?;
    let mut parts = rest.split('/');
    let name = format!(
        "{}/{}",
        parts.next()?,
        parts.next()?.trim_end_matches(".git")
    );
    let renamed = RENAMED.iter().find(|(old, _)| *old == name);
    Some(renamed.map_or(name, |(_, new)| (*new).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_the_same_at_any_version_and_by_any_way_to_it() {
        for url in [
            "github:ggml-org/llama.cpp",
            "github:ggml-org/llama.cpp/b9254",
            "github:ggerganov/llama.cpp?ref=master",
            "git+https://github.com/ggml-org/llama.cpp.git?rev=0123",
            "https://github.com/ggml-org/llama.cpp/archive/master.tar.gz",
        ] {
            assert_eq!(
                repository(url).as_deref(),
                Some("ggml-org/llama.cpp"),
                "{url}"
            );
        }
        assert_eq!(repository("path:./llama.cpp"), None);
        assert_ne!(
            repository("github:me/llama.cpp"),
            repository("github:ggml-org/llama.cpp")
        );
    }

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
