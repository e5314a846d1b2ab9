//! An input that is declared already: it must be of the same repository, and gets the follows that it lacks.

use rnix::ast;

use super::super::Changes;
use super::behind::add_behind;
use crate::diagnostic::Diagnostic;
use crate::flake::Flake;
use crate::flake::inputs::Input as Declared;
use crate::flake::repository::is_same_repository;
use crate::recipe::Input;
use crate::rewrite::{self, Position};
use crate::syntax::{self, unwrap_parens};

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
