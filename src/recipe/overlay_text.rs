//! What an overlay's text says: the attributes it defines and the flake inputs it needs.
//!
//! Accepts only the form that can be read without evaluating; the passes and the proof rest on the answer.

use std::collections::HashSet;

use rnix::Root;
use rnix::ast::{self, HasEntry};
use rowan::ast::AstNode;

use super::nix_text::{Unusable, attr_name, ident_name, is_ident, parse, peel};

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
    let root = parse(text)?;
    let shape = || Unusable {
        range: 0..text.len(),
        why: "an overlay must have the form `{ inputs, ... }: final: prev: { ... }`".to_string(),
    };
    let body = root
        .expr()
        .filter(takes_inputs)
        .and_then(lambda_body)
        .and_then(lambda_body)
        .and_then(lambda_body)
        .ok_or_else(shape)?;
    let Some(ast::Expr::AttrSet(set)) = peel(body) else {
        return Err(shape());
    };
    Ok(OverlayFacts {
        defines: defined_names(&set)?,
        inputs: selected_inputs(&root),
    })
}

/// Whether `(import X { inherit inputs; })` is a valid call: `inputs` is a formal, any other has a default.
fn takes_inputs(expr: &ast::Expr) -> bool {
    let ast::Expr::Lambda(lambda) = expr else {
        return false;
    };
    let Some(ast::Param::Pattern(pattern)) = lambda.param() else {
        return false;
    };
    let is_inputs = |formal: &ast::PatEntry| {
        let name = formal.ident().and_then(|ident| ident_name(&ident));
        name.as_deref() == Some(OVERLAY_ARGUMENT)
    };
    pattern.pat_entries().any(|formal| is_inputs(&formal))
        && pattern
            .pat_entries()
            .all(|formal| is_inputs(&formal) || formal.default().is_some())
}

fn lambda_body(expr: ast::Expr) -> Option<ast::Expr> {
    match peel(expr)? {
        ast::Expr::Lambda(lambda) => lambda.body(),
        _ => None,
    }
}

fn defined_names(set: &ast::AttrSet) -> Result<Vec<String>, Unusable> {
    let mut names: Vec<String> = Vec::new();
    for entry in set.entries() {
        // `a.b = 1; a.c = 2;` defines one `a`; only a whole name may not come twice.
        let (attrs, repeatable) = match entry {
            ast::Entry::Inherit(inherit) => (inherit.attrs().collect(), false),
            ast::Entry::AttrpathValue(binding) => first_of_path(&binding),
        };
        for attr in attrs {
            let unusable = |why: String| Unusable {
                range: attr.syntax().text_range().into(),
                why,
            };
            let unknown = || unusable("an overlay must write out the names it defines".to_string());
            let name = attr_name(&attr).ok_or_else(unknown)?;
            if !names.contains(&name) {
                names.push(name);
            } else if !repeatable {
                return Err(unusable(format!("`{name}` is defined twice")));
            }
        }
    }
    Ok(names)
}

/// The first name of an attrpath, and whether others follow it.
fn first_of_path(binding: &ast::AttrpathValue) -> (Vec<ast::Attr>, bool) {
    let mut attrs = binding.attrpath().into_iter().flat_map(|path| path.attrs());
    let first = attrs.next().into_iter().collect();
    (first, attrs.next().is_some())
}

/// Every X of an `inputs.X` or an `inherit (inputs) X`.
fn selected_inputs(root: &Root) -> Vec<String> {
    let mut names = Vec::new();
    for node in root.syntax().descendants() {
        if let Some(select) = ast::Select::cast(node.clone()) {
            if select
                .expr()
                .is_some_and(|expr| is_ident(&expr, OVERLAY_ARGUMENT))
            {
                let first = select.attrpath().and_then(|path| path.attrs().next());
                names.extend(first.as_ref().and_then(attr_name));
            }
        } else if let Some(inherit) = ast::Inherit::cast(node) {
            let from = inherit.from().and_then(|from| from.expr());
            if from.is_some_and(|expr| is_ident(&expr, OVERLAY_ARGUMENT)) {
                names.extend(inherit.attrs().filter_map(|attr| attr_name(&attr)));
            }
        }
    }
    let mut seen = HashSet::new();
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
