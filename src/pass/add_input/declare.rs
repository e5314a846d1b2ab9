//! Declaring a new input where the others are declared, in the form in which they are.

use rnix::ast::{self, HasEntry};

use super::super::Changes;
use super::behind::add_behind;
use crate::diagnostic::Diagnostic;
use crate::flake::Flake;
use crate::recipe::Input;
use crate::rewrite::{self, Position};
use crate::syntax::{self, range_of, unwrap_parens};

/// Declares the input where the others are, as the others are.
pub(super) fn declare(
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
