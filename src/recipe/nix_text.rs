//! What a recipe's Nix texts say: the attributes an overlay defines and the package a profile installs.
//!
//! Accepts only the shapes that can be read without evaluating; the passes and the proof rest on these answers.

use std::ops::Range;

use rnix::ast::{self, HasEntry};
use rnix::{ParseError, Root};
use rowan::ast::AstNode;

/// The argument that an overlay file takes before `final: prev:`.
pub(super) const OVERLAY_ARGUMENT: &str = "inputs";

/// Generous for a file of a few packages, and small enough that the parser stays quick on any content.
const MAX_BYTES: usize = 64 * 1024;

/// Why a text cannot be used, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unusable {
    pub range: Range<usize>,
    pub why: String,
}

/// What is known of an overlay file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OverlayFacts {
    /// The attributes it defines, in source order.
    pub defines: Vec<String>,
    /// The flake inputs it selects, each once.
    pub inputs: Vec<String>,
}

/// Reads `{ inputs, ... }: final: prev: { ... }`, with `let`, `with`, `assert` and parentheses around the attribute set.
pub(super) fn overlay(text: &str) -> Result<OverlayFacts, Unusable> {
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

/// The package of a profile of the form `{ pkgs, ... }: { environment.systemPackages = with pkgs; [ X ]; }` or
/// `[ pkgs.X ]`; `None` for any other module.
pub(super) fn profile_package(text: &str) -> Result<Option<String>, Unusable> {
    let root = parse(text)?;
    Ok(root.expr().and_then(installed_package))
}

fn parse(text: &str) -> Result<Root, Unusable> {
    if text.len() > MAX_BYTES {
        return Err(Unusable {
            range: 0..text.len(),
            why: format!("the text is longer than {} KiB", MAX_BYTES / 1024),
        });
    }
    let parse = Root::parse(text);
    let tree = parse.tree();
    if let Some(error) = parse.errors().first() {
        let range = error_range(error).unwrap_or(text.len()..text.len());
        return Err(Unusable {
            range,
            why: "the text is no valid Nix here".to_string(),
        });
    }
    if tree.expr().is_none() {
        return Err(Unusable {
            range: 0..text.len(),
            why: "the text is empty".to_string(),
        });
    }
    Ok(tree)
}

fn error_range(error: &ParseError) -> Option<Range<usize>> {
    match error {
        ParseError::Unexpected(range)
        | ParseError::UnexpectedExtra(range)
        | ParseError::UnexpectedWanted(_, range, _)
        | ParseError::UnexpectedDoubleBind(range)
        | ParseError::DuplicatedArgs(range, _) => Some((*range).into()),
        _ => None,
    }
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

/// The expression inside parentheses, `let`, `with` and `assert`.
fn peel(mut expr: ast::Expr) -> Option<ast::Expr> {
    loop {
        expr = match expr {
            ast::Expr::Paren(paren) => paren.expr()?,
            ast::Expr::LetIn(let_in) => let_in.body()?,
            ast::Expr::With(with) => with.body()?,
            ast::Expr::Assert(assert) => assert.body()?,
            other => return Some(other),
        };
    }
}

fn defined_names(set: &ast::AttrSet) -> Result<Vec<String>, Unusable> {
    let mut names: Vec<String> = Vec::new();
    for entry in set.entries() {
        let (attrs, nested): (Vec<ast::Attr>, bool) = match entry {
            ast::Entry::Inherit(inherit) => (inherit.attrs().collect(), false),
            ast::Entry::AttrpathValue(binding) => {
                let path: Vec<_> = binding
                    .attrpath()
                    .into_iter()
                    .flat_map(|path| path.attrs())
                    .collect();
                let nested = path.len() > 1;
                (path.into_iter().take(1).collect(), nested)
            }
        };
        for attr in attrs {
            let unusable = |why: String| Unusable {
                range: attr.syntax().text_range().into(),
                why,
            };
            let Some(name) = attr_name(&attr) else {
                return Err(unusable(
                    "an overlay must write out the names it defines".to_string(),
                ));
            };
            match names.contains(&name) {
                true if nested => {}
                true => return Err(unusable(format!("`{name}` is defined twice"))),
                false => names.push(name),
            }
        }
    }
    Ok(names)
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
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

fn installed_package(module: ast::Expr) -> Option<String> {
    let body = match module {
        ast::Expr::Lambda(lambda) => lambda.body()?,
        other => other,
    };
    let ast::Expr::AttrSet(set) = peel(body)? else {
        return None;
    };
    let value = set.attrpath_values().find_map(|binding| {
        let path: Option<Vec<String>> = binding
            .attrpath()?
            .attrs()
            .map(|attr| attr_name(&attr))
            .collect();
        (path? == ["environment", "systemPackages"]).then(|| binding.value())?
    })?;
    let (list, in_pkgs) = match value {
        ast::Expr::List(list) => (list, false),
        ast::Expr::With(with) if is_ident(&with.namespace()?, "pkgs") => match with.body()? {
            ast::Expr::List(list) => (list, true),
            _ => return None,
        },
        _ => return None,
    };
    let mut items = list.items();
    let (item, None) = (items.next()?, items.next()) else {
        return None;
    };
    match item {
        ast::Expr::Ident(ident) if in_pkgs => ident_name(&ident),
        ast::Expr::Select(select)
            if is_ident(&select.expr()?, "pkgs") && select.default_expr().is_none() =>
        {
            let mut path = select.attrpath()?.attrs();
            let (attr, None) = (path.next()?, path.next()) else {
                return None;
            };
            attr_name(&attr)
        }
        _ => None,
    }
}

fn is_ident(expr: &ast::Expr, name: &str) -> bool {
    matches!(expr, ast::Expr::Ident(ident) if ident_name(ident).as_deref() == Some(name))
}

fn ident_name(ident: &ast::Ident) -> Option<String> {
    Some(ident.ident_token()?.text().to_string())
}

/// The name of an attribute that is written out, quoted or not.
fn attr_name(attr: &ast::Attr) -> Option<String> {
    match attr {
        ast::Attr::Ident(ident) => ident_name(ident),
        ast::Attr::Str(string) => match string.normalized_parts().as_slice() {
            [] => Some(String::new()),
            [ast::InterpolPart::Literal(text)] => Some(text.clone()),
            _ => None,
        },
        ast::Attr::Dynamic(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defines(text: &str) -> Vec<String> {
        overlay(text).unwrap().defines
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
        let text = "{ inputs, ... }: final: prev: { a = inputs.x.y; b = inputs.x; inherit (inputs) z; c = prev.inputs.q; }";
        assert_eq!(overlay(text).unwrap().inputs, ["x", "z"]);
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
            assert!(overlay(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_syntax_error_is_placed_within_the_text() {
        let error = profile_package("{ a = 1; b = ]; }").unwrap_err();
        assert_eq!(error.range, 13..14);
    }

    #[test]
    fn the_package_of_a_profile_is_read_where_it_is_plain() {
        for (text, package) in [
            (
                "{ pkgs, ... }: { environment.systemPackages = with pkgs; [ a ]; }",
                Some("a"),
            ),
            (
                "{ pkgs, ... }: { environment.systemPackages = [ pkgs.a ]; }",
                Some("a"),
            ),
            (
                "{ pkgs, ... }: { environment.systemPackages = [ pkgs.a pkgs.b ]; }",
                None,
            ),
            (
                "{ pkgs, ... }: { environment.systemPackages = [ pkgs.a.b ]; }",
                None,
            ),
            ("{ pkgs, ... }: { environment.systemPackages = [ ]; }", None),
            (
                "{ pkgs, ... }: { environment.packages = [ pkgs.a ]; }",
                None,
            ),
            ("{ }", None),
        ] {
            assert_eq!(profile_package(text).unwrap().as_deref(), package, "{text}");
        }
    }
}
