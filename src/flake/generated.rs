//! A flake.nix that a tool writes. Where that is flake-file, its inputs are an option of the flake's own modules, and an
//! input is declared there as well; what else stands in it is none of nixfix's business.
//!
//! From `modules/options/inputs.nix` and `modules/write-flake.nix` of flake-file.

use std::ops::Range;

use super::inputs::{self, Input};
use crate::diagnostic::Diagnostic;
use crate::eval::Evaluator;
use crate::expr::Expr;
use crate::tree::File;

/// What a generated flake.nix is made from.
pub struct Generated {
    /// The inputs as the flake's modules declare them, each with one of its places.
    pub inputs: Vec<Input>,
}

/// Whether the file says that a tool wrote it and will write it again.
pub(super) fn is_marked(file: &File) -> bool {
    let header = header(file);
    header.contains("do not edit") || header.contains("do-not-edit")
}

/// What the marked file is made from, where the evaluation of the flake has met it.
pub(super) fn source(file: &File, ev: &Evaluator) -> Option<Generated> {
    let modules = ev.input_options();
    let [option] = modules.as_slice() else {
        return None;
    };
    if !header(file).contains("flake-file") {
        return None;
    }
    let inputs = inputs::declared_in(ev, ev.force(option).as_attrs()?);
    Some(Generated { inputs })
}

/// That something has to be done to the source of the file by hand.
pub(crate) fn refusal(file: &File) -> Diagnostic {
    let message = format!("`{}` says that it is generated", file.path);
    Diagnostic::error("flake-generated", message)
        .in_file(file.path.clone())
        .help("edit the source it is generated from, then generate it again")
}

/// The text of a flake.nix without what its inputs are.
pub(crate) fn beside_inputs(file: &File) -> Option<String> {
    let exprs = file.exprs()?;
    let Expr::AttrSet(set) = &exprs[exprs.unwrap_parens(exprs.root())] else {
        return None;
    };
    let bindings = exprs.bindings_of(set, "inputs");
    let mut spans: Vec<Range<usize>> = bindings.map(|binding| binding.span.range()).collect();
    spans.sort_by_key(|span| std::cmp::Reverse(span.start));
    let mut text = file.text.to_string();
    spans
        .into_iter()
        .for_each(|span| text.replace_range(span, ""));
    Some(text)
}

/// The comments at the top, lower case.
fn header(file: &File) -> String {
    let lines = file.text.lines();
    let header = lines.take_while(|line| line.is_empty() || line.starts_with('#'));
    header.collect::<Vec<_>>().join("\n").to_lowercase()
}
