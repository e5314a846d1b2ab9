//! What an overlay's text says: the attributes it defines and the flake inputs it needs.
//!
//! Accepts only the form that can be read without evaluating; the passes and the proof rest on the answer.

use std::collections::HashSet;

use super::nix_text::{Unusable, attr_name, is_ident, parse, peel};
use crate::expr::{AttrName, Bindings, Expr, ExprId, Exprs, Formal, Param};

/// The formal that every overlay file of a recipe takes: it is applied as `import FILE { inherit inputs; }`.
pub const OVERLAY_ARGUMENT: &str = "inputs";

/// What is known of an overlay file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OverlayFacts {
    /// The attributes it defines, in source order.
    pub defines: Vec<String>,
    /// The flake inputs it selects, each once.
    pub inputs: Vec<String>,
}

/// Reads `{ inputs, ... }: final: prev: { ... }`, with `let`, `with`, `assert` and parentheses around any body.
pub(super) fn overlay_facts(text: &str) -> Result<OverlayFacts, Unusable> {
    let exprs = parse(text)?;
    let shape = || Unusable {
        range: 0..text.len(),
        why: "an overlay must have the form `{ inputs, ... }: final: prev: { ... }`".to_string(),
    };
    let body = Some(exprs.root())
        .filter(|root| takes_inputs(&exprs, *root))
        .and_then(|file| lambda_body(&exprs, file))
        .and_then(|overlay| lambda_body(&exprs, overlay))
        .and_then(|of_final| lambda_body(&exprs, of_final))
        .ok_or_else(shape)?;
    let Expr::AttrSet(set) = &exprs[peel(&exprs, body)] else {
        return Err(shape());
    };
    Ok(OverlayFacts {
        defines: defined_names(text, &exprs, set)?,
        inputs: selected_inputs(&exprs),
    })
}

/// Whether `(import X { inherit inputs; })` is a valid call: `inputs` is a formal, any other has a default.
fn takes_inputs(exprs: &Exprs, id: ExprId) -> bool {
    let Expr::Lambda(function) = &exprs[id] else {
        return false;
    };
    let Param::Pattern(pattern) = &function.param else {
        return false;
    };
    let is_inputs = |formal: &Formal| &*formal.name == OVERLAY_ARGUMENT;
    let is_given = |formal: &Formal| is_inputs(formal) || formal.default.is_some();
    pattern.formals.iter().any(is_inputs) && pattern.formals.iter().all(is_given)
}

fn lambda_body(exprs: &Exprs, id: ExprId) -> Option<ExprId> {
    match &exprs[peel(exprs, id)] {
        Expr::Lambda(function) => Some(function.body),
        _ => None,
    }
}

fn defined_names(text: &str, exprs: &Exprs, set: &Bindings) -> Result<Vec<String>, Unusable> {
    let mut names: Vec<String> = Vec::new();
    for (attr, repeatable) in defining(exprs, set) {
        let unusable = |why: String| Unusable {
            range: attr.range(text),
            why,
        };
        let unknown = || unusable("an overlay must write out the names it defines".to_string());
        let name = attr_name(attr).ok_or_else(unknown)?.to_string();
        if !names.contains(&name) {
            names.push(name);
        } else if !repeatable {
            return Err(unusable(format!("`{name}` is defined twice")));
        }
    }
    Ok(names)
}

/// The names that a set defines in the order of the text, each with whether it may come again: `a.b = 1; a.c = 2;` defines
/// one `a`, and only a whole name may not come twice.
fn defining<'e>(exprs: &'e Exprs, set: &'e Bindings) -> Vec<(&'e AttrName, bool)> {
    let inherited = set.inherits.iter().flat_map(|inherit| &inherit.attrs);
    let inherited = inherited.map(|attr| (attr.span, &attr.name, false));
    let bound = exprs.bindings(set.bindings).iter().map(|binding| {
        let path = exprs.names(binding.path);
        (binding.span, &path[0], path.len() > 1)
    });
    let mut all: Vec<_> = inherited.chain(bound).collect();
    all.sort_by_key(|(span, ..)| span.range().start);
    let all = all.into_iter();
    all.map(|(_, attr, repeatable)| (attr, repeatable))
        .collect()
}

/// Every X of an `inputs.X` or an `inherit (inputs) X`.
fn selected_inputs(exprs: &Exprs) -> Vec<String> {
    let mut found = Vec::new();
    for id in exprs.ids() {
        match &exprs[id] {
            Expr::Select(select) if is_ident(exprs, select.base, OVERLAY_ARGUMENT) => {
                let first = &exprs.names(select.path)[0];
                found.push((exprs.range(id).start, first));
            }
            Expr::AttrSet(set) | Expr::LetIn(set, _) | Expr::LegacyLet(set) => {
                let of_inputs = set.inherits.iter().filter(|inherit| {
                    let from = inherit.from;
                    from.is_some_and(|from| is_ident(exprs, from, OVERLAY_ARGUMENT))
                });
                let attrs = of_inputs.flat_map(|inherit| &inherit.attrs);
                found.extend(attrs.map(|attr| (attr.span.range().start, &attr.name)));
            }
            _ => {}
        }
    }
    found.sort_by_key(|(start, _)| *start);
    let names = found.into_iter().filter_map(|(_, attr)| attr_name(attr));
    let mut seen = HashSet::new();
    let mut names: Vec<String> = names.map(|name| name.to_string()).collect();
    names.retain(|name| seen.insert(name.clone()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defines(text: &str) -> Vec<String> {
        overlay_facts(text).unwrap().defines
    }

    #[test]
    fn an_overlay_defines_the_first_name_of_each_binding() {
        let set = r#"{ a = 1; b.c = 2; b.d = 3; "e" = 4; inherit (prev) f g; }"#;
        let names = ["a", "b", "e", "f", "g"];
        assert_eq!(
            defines(&format!("{{ inputs, ... }}: final: prev: {set}")),
            names
        );
        let wrapped =
            format!("{{ inputs, x ? 1 }}: (final: prev: let y = 1; in with x; rec {set})");
        assert_eq!(defines(&wrapped), names);
    }

    #[test]
    fn an_overlay_selects_inputs_by_dot_or_inherit() {
        let set = "{ a = inputs.x.y; b = inputs.x; inherit (inputs) z; c = prev.inputs.q; }";
        let text = format!("{{ inputs, ... }}: final: prev: {set}");
        assert_eq!(overlay_facts(&text).unwrap().inputs, ["x", "z"]);
    }

    #[test]
    fn an_overlay_of_another_form_is_refused() {
        for text in [
            "final: prev: { }",
            "inputs: final: prev: { }",
            "{ inputs, lib }: final: prev: { }",
            "{ inputs, ... }: final: { }",
            "{ inputs, ... }: final: prev: prev.lib.genAttrs [ ] (x: x)",
            "{ inputs, ... }: final: prev: { ${inputs.name} = 1; }",
            "{ inputs, ... }: final: prev: { a = 1; a = 2; }",
            "{ inputs, ... }: final: prev: { a = ; }",
            "# nothing",
        ] {
            assert!(overlay_facts(text).is_err(), "{text}");
        }
    }
}
