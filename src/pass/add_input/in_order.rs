//! Declaring an input in a flake.nix that flake-file writes, as it would write it: so its next run changes nothing.
//!
//! From `modules/write-flake.nix` of flake-file: the inputs are sorted by name, and what has one attribute gets a dot.

use std::ops::Range;

use super::{Top, declare};
use crate::edit::Edit;
use crate::expr::{AttrName, Binding, Bindings, Expr, ExprId};
use crate::recipe::Input;
use crate::rewrite::Position;

/// The edits that declare it; else what the inputs are instead of a set.
pub(super) fn edits(
    top: &Top,
    input: &Input,
    follows: &[(String, String)],
) -> Result<Vec<Edit>, ExprId> {
    let declared = top.bindings_of("inputs");
    let Some((set, inputs)) = declared.first().and_then(|all| set_of(top, all)) else {
        return declare::edits(top, input, follows);
    };
    let declaration = declaration(input, follows, url_comes_last(top, inputs));
    let position = position(top, inputs, &input.name);
    Ok(top.add(set, &position, &declaration))
}

fn set_of<'t>(top: &'t Top, binding: &Binding) -> Option<(ExprId, &'t Bindings)> {
    let value = top.exprs.unwrap_parens(binding.value);
    match &top.exprs[value] {
        Expr::AttrSet(bindings) => Some((value, bindings)),
        _ => None,
    }
}

/// Behind the last input whose name is less, where they are sorted.
fn position(top: &Top, inputs: &Bindings, new: &str) -> Position {
    let mut names: Vec<(&str, Range<usize>)> = Vec::new();
    for binding in top.exprs.bindings(inputs.bindings) {
        if let AttrName::Written(name, _) = &top.exprs.names(binding.path)[0] {
            names.push((name, binding.span.range()));
        }
    }
    names.sort_by_key(|(_, span)| span.start);
    let is_sorted = names.is_sorted_by_key(|(name, _)| *name);
    match names.iter().rfind(|(name, _)| *name < new) {
        _ if !is_sorted => Position::Last,
        Some((_, span)) => Position::After(span.clone()),
        None => Position::First,
    }
}

/// Whether the attributes of an input are sorted by name as well, as older versions do.
fn url_comes_last(top: &Top, inputs: &Bindings) -> bool {
    let exprs = top.exprs;
    let all = exprs.bindings(inputs.bindings).iter();
    let sets = all.filter_map(|one| set_of(top, one));
    let start = |set: &Bindings, wanted: &'static str| {
        let first = exprs.bindings_of(set, wanted).next();
        first.map(|one| one.span.range().start)
    };
    let order = |(_, set)| Some(start(set, "inputs")? < start(set, "url")?);
    sets.filter_map(order).any(|is_sorted| is_sorted)
}

fn declaration(input: &Input, follows: &[(String, String)], url_comes_last: bool) -> String {
    let name = &input.name;
    let url = format!("url = \"{}\";", input.url);
    let follow = |(left, right): &(String, String)| format!("{left}.follows = \"{right}\";");
    let inputs = match follows {
        [] => return format!("{name}.{url}"),
        [only] => format!("inputs.{}", follow(only)),
        all => {
            let lines: Vec<String> = all.iter().map(follow).collect();
            format!("inputs = {{\n    {}\n  }};", lines.join("\n    "))
        }
    };
    match url_comes_last {
        true => format!("{name} = {{\n  {inputs}\n  {url}\n}};"),
        false => format!("{name} = {{\n  {url}\n  {inputs}\n}};"),
    }
}
