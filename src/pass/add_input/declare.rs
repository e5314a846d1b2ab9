//! Declaring a new input where the others are declared, in the form in which they are.

use rnix::ast::{self, HasEntry};

use super::super::Changes;
use super::behind::add_behind;
use super::top_syntax;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::expr::{AttrName, Binding, Bindings, Expr};
use crate::flake::Flake;
use crate::recipe::Input;
use crate::rewrite::{self, Position};
use crate::syntax::{self, range_of, unwrap_parens};
use crate::tree::File;

/// Declares the input where the others are, as the others are.
pub(super) fn declare(
    changes: &mut Changes,
    flake: &Flake,
    top: &Bindings,
    input: &Input,
    follows: &[(String, String)],
) {
    let file = &flake.file;
    if let Some(edits) = among_all(file, top, input, follows) {
        return add(changes, file, edits, input);
    }
    let Some(root) = top_syntax(file) else { return };
    let edits = match (
        syntax::find_binding(&root, &["inputs"]),
        syntax::bindings_under(&root, &["inputs"]).last(),
    ) {
        (Some(binding), _) => match unwrap_parens(binding.value) {
            ast::Expr::AttrSet(set) => {
                let declaration = match is_dotted(&set) {
                    true => dotted(input, follows, ""),
                    false => nested(input, follows, ""),
                };
                rewrite::add_binding(&file.text, &set, &Position::Last, &declaration)
            }
            other => {
                let message = "the flake's `inputs` are not an attribute set";
                let range = range_of(&other);
                return changes.say(
                    Diagnostic::error("inputs-not-literal", message).at(file.path.clone(), range),
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
            let outputs = syntax::find_binding(&root, &["outputs"]);
            let position = outputs.map_or(Position::Last, |outputs| {
                Position::Before(outputs.entry.into())
            });
            rewrite::add_binding(&file.text, &root, &position, &declaration)
        }
    };
    add(changes, file, edits, input);
}

fn add(changes: &mut Changes, file: &File, edits: Vec<Edit>, input: &Input) {
    changes.edit(&file.path, edits);
    changes.done(format!("Add the input `{}`", input.name));
}

/// Adds the input to the set of all, where that is written in one piece: then no syntax tree of the file is needed.
fn among_all(
    file: &File,
    top: &Bindings,
    input: &Input,
    follows: &[(String, String)],
) -> Option<Vec<Edit>> {
    let exprs = file.exprs()?;
    let of_inputs = |binding: &&Binding| match exprs.names(binding.path)[0] {
        AttrName::Written(name, _) => &*name == "inputs",
        AttrName::Computed(..) => false,
    };
    let mut all = exprs.bindings(top.bindings).iter().filter(of_inputs);
    let (only, None) = (all.next()?, all.next()) else {
        return None;
    };
    let set = exprs.unwrap_parens(only.value);
    let (Expr::AttrSet(inputs), 1) = (&exprs[set], exprs.names(only.path).len()) else {
        return None;
    };
    let mut paths = exprs.bindings(inputs.bindings).iter().map(|one| one.path);
    let is_dotted = !inputs.bindings.is_empty() && paths.all(|path| exprs.names(path).len() > 1);
    let declaration = match is_dotted {
        true => dotted(input, follows, ""),
        false => nested(input, follows, ""),
    };
    let position = Position::Last;
    Some(rewrite::add_attribute(
        &file.text,
        exprs,
        set,
        &position,
        &declaration,
    ))
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
