//! Declaring a new input where the others are declared, in the form in which they are.

use super::super::Changes;
use super::{Top, in_order};
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::expr::{Binding, Bindings, Expr, ExprId};
use crate::flake::Flake;
use crate::recipe::Input;
use crate::rewrite::{self, Position};

/// Declares the input where the others are, as the others are.
pub(super) fn declare(
    changes: &mut Changes,
    flake: &Flake,
    top: &Top,
    input: &Input,
    follows: &[(String, String)],
) {
    let file = &flake.file;
    let edits = match &flake.generated {
        Some(_) => in_order::edits(top, input, follows),
        None => edits(top, input, follows),
    };
    match edits {
        Ok(edits) => {
            changes.edit(&file.path, edits);
            changes.done(format!("Add the input `{}`", input.name));
        }
        Err(other) => {
            let message = "the flake's `inputs` are not an attribute set";
            let range = top.exprs.range(other);
            let diagnostic = Diagnostic::error("inputs-not-literal", message);
            changes.say(diagnostic.at(file.path.clone(), range));
        }
    }
}

/// The edits that declare it; else what the inputs are instead of a set.
pub(super) fn edits(
    top: &Top,
    input: &Input,
    follows: &[(String, String)],
) -> Result<Vec<Edit>, ExprId> {
    let exprs = top.exprs;
    let names = |binding: &&Binding| exprs.names(binding.path);
    let mut declared = top.bindings_of("inputs");
    declared.sort_by_key(|binding| binding.span.range().start);
    if let Some(all) = declared.iter().find(|one| names(one).len() == 1) {
        let all = exprs.unwrap_parens(all.value);
        let Expr::AttrSet(inputs) = &exprs[all] else {
            return Err(all);
        };
        let declaration = match is_dotted(top, inputs) {
            true => dotted(input, follows, ""),
            false => nested(input, follows, ""),
        };
        return Ok(top.add(all, &Position::Last, &declaration));
    }
    if let Some(last) = declared.last() {
        let is_set = matches!(exprs[exprs.unwrap_parens(last.value)], Expr::AttrSet(_));
        let declaration = match is_set {
            true => nested(input, follows, "inputs."),
            false => dotted(input, follows, "inputs."),
        };
        let position = Position::After(last.span.range());
        return Ok(top.add(top.set, &position, &declaration));
    }
    let nested = nested(input, follows, "").replace('\n', "\n  ");
    let outputs = top.bindings_of("outputs").into_iter();
    let outputs = outputs.filter(|one| names(one).len() == 1);
    let first = outputs.min_by_key(|one| one.span.range().start);
    let position = first.map_or(Position::Last, |one| Position::Before(one.span.range()));
    let declaration = format!("inputs = {{\n  {nested}\n}};");
    Ok(top.add(top.set, &position, &declaration))
}

impl<'f> Top<'f> {
    /// The bindings whose path begins with that name.
    pub(super) fn bindings_of(&self, wanted: &'f str) -> Vec<&'f Binding> {
        self.exprs.bindings_of(self.bindings, wanted).collect()
    }

    pub(super) fn add(&self, set: ExprId, position: &Position, binding: &str) -> Vec<Edit> {
        rewrite::add_attribute(&self.file.text, self.exprs, set, position, binding)
    }
}

/// Whether the inputs are declared one attribute a line: `a.url = "...";`.
fn is_dotted(top: &Top, inputs: &Bindings) -> bool {
    let mut all = top.exprs.bindings(inputs.bindings).iter();
    let dotted = |binding: &Binding| top.exprs.names(binding.path).len() > 1;
    !inputs.bindings.is_empty() && all.all(dotted)
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

pub(super) fn nested(input: &Input, follows: &[(String, String)], prefix: &str) -> String {
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
