//! An input that is declared already: it must be of the same repository, and gets the follows that it lacks.

use rnix::ast;
use rowan::ast::AstNode;

use super::super::Changes;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::flake::inputs::Input as Declared;
use crate::flake::repository::is_same_repository;
use crate::flake::{Flake, generated};
use crate::recipe::Input;
use crate::rewrite::{self, Position};
use crate::syntax::{self, Binding, range_of, unwrap_parens};

/// The input is there: only what it should follow may be missing.
pub(super) fn complete(
    changes: &mut Changes,
    flake: &Flake,
    declared: &Declared,
    input: &Input,
    follows: &[(String, String)],
) {
    if !is_same_repository(flake, declared, &input.repositories()) {
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
            diagnostic = diagnostic.at(site.file().path.clone(), site.range());
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
    if flake.generated.is_some() {
        return changes.say(generated::refusal(&flake.file));
    }
    let binding = |prefix: &str| {
        let line = |(left, right): &&(String, String)| {
            format!("{prefix}inputs.{left}.follows = \"{right}\";")
        };
        missing.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let file = &flake.file;
    let root = file.root().ok().and_then(|root| root.expr());
    let Some(ast::Expr::AttrSet(root)) = root.map(unwrap_parens) else {
        return;
    };
    let path = ["inputs", input.name.as_str()];
    let set = syntax::find_binding(&root, &path).map(|binding| unwrap_parens(binding.value));
    let edits = match (set, syntax::bindings_under(&root, &path).last()) {
        (Some(ast::Expr::AttrSet(set)), _) => {
            rewrite::add_binding(&file.text, &set, &Position::Last, &binding(""))
        }
        (_, Some(last)) => {
            let binding = binding(&format!("{}{}.", prefix(last), input.name));
            add_behind(&file.text, last, &binding)
        }
        _ => Vec::new(),
    };
    changes.edit(&file.path, edits);
    changes.done(format!(
        "Let the input `{}` follow the flake's nixpkgs",
        input.name
    ));
}

/// What the paths of inputs begin with where `last` is declared.
fn prefix(last: &Binding) -> &'static str {
    let path = last.entry.attrpath();
    let names = path.and_then(|path| syntax::attrpath_names(&path));
    match names.unwrap_or_default().first() {
        Some(name) if name == "inputs" => "inputs.",
        _ => "",
    }
}

/// Adds `binding` behind the entry of `last`, in the set where that one stands.
fn add_behind(text: &str, last: &Binding, binding: &str) -> Vec<Edit> {
    let position = Position::After(range_of(&last.entry));
    let set = last.entry.syntax().parent().and_then(ast::AttrSet::cast);
    set.map_or_else(Vec::new, |set| {
        rewrite::add_binding(text, &set, &position, binding)
    })
}
