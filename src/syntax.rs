//! Read-only questions to the CST of one file: what is bound where, which binder a name has, where a line begins.
//!
//! Never edits, and never looks beyond the one file. Every function expects a tree that [`parse`] returned, which is
//! free of syntax errors and shallow enough to walk.

mod bindings;
mod delimiters;
mod guard;
mod lexer;
mod parse;
mod tokens;

use std::ops::Range;

use rnix::ast::{self, HasEntry};
use rnix::{SyntaxElement, SyntaxKind, TextRange, TextSize};
use rowan::ast::AstNode;

pub use bindings::{Binding, bindings_under, find_binding, find_inherit};
pub use delimiters::{Delimiters, Opening};
pub use guard::tokens;
pub use parse::{SyntaxError, parse, parse_judged};
pub use tokens::{Token, comments, first_token};

/// The byte range of a node.
pub fn range_of(node: &impl AstNode<Language = rnix::NixLanguage>) -> Range<usize> {
    to_range(node.syntax().text_range())
}

/// A rowan range as a byte range.
pub fn to_range(range: TextRange) -> Range<usize> {
    range.start().into()..range.end().into()
}

/// The outermost node of type `T` with exactly this range; `None` if there is none.
pub fn node_at<T>(root: &ast::Root, range: Range<usize>) -> Option<T>
where
    T: AstNode<Language = rnix::NixLanguage>,
{
    let start = TextSize::try_from(range.start).ok()?;
    let end = TextSize::try_from(range.end).ok()?;
    if start > end
        || !root
            .syntax()
            .text_range()
            .contains_range(TextRange::new(start, end))
    {
        return None;
    }
    let wanted = TextRange::new(start, end);
    let innermost = match root.syntax().covering_element(wanted) {
        SyntaxElement::Node(node) => node,
        SyntaxElement::Token(token) => token.parent()?,
    };
    let exact = innermost
        .ancestors()
        .take_while(|node| node.text_range() == wanted);
    let (roots, others): (Vec<_>, Vec<_>) = exact.partition(|node| node.kind() == ast::Root::KIND);
    // The root of a file is an expression to rnix, but never the one that is meant.
    others
        .into_iter()
        .filter_map(T::cast)
        .last()
        .or_else(|| roots.into_iter().find_map(T::cast))
}

/// Whether a set or a `let` is recursive by the word `rec`. Only the first token is looked at: a set may have thousands.
pub fn is_recursive(entries: &impl HasEntry) -> bool {
    let first = entries.syntax().first_token();
    first.is_some_and(|token| token.kind() == SyntaxKind::TOKEN_REC)
}

/// The expression inside any number of parentheses.
pub fn unwrap_parens(expr: ast::Expr) -> ast::Expr {
    let mut expr = expr;
    while let ast::Expr::Paren(paren) = &expr {
        match paren.expr() {
            Some(inner) => expr = inner,
            None => break,
        }
    }
    expr
}

/// The name an attribute stands for, if it is written down: `a`, `"a"` and `${"a"}` are names, `${a}` is none.
pub fn attr_name(attr: &ast::Attr) -> Option<String> {
    match attr {
        ast::Attr::Ident(ident) => ident_name(ident),
        ast::Attr::Str(string) => str_name(string),
        ast::Attr::Dynamic(dynamic) => match dynamic.expr()? {
            ast::Expr::Str(string) => str_name(&string),
            _ => None,
        },
    }
}

/// The names of an attrpath; `None` where one of them is computed.
pub fn attrpath_names(attrpath: &ast::Attrpath) -> Option<Vec<String>> {
    attrpath.attrs().map(|attr| attr_name(&attr)).collect()
}

/// The name of an identifier.
pub fn ident_name(ident: &ast::Ident) -> Option<String> {
    Some(ident.ident_token()?.text().to_string())
}

/// The 1-based line on which the byte at `offset` stands.
pub fn line_of(text: &str, offset: usize) -> usize {
    let before = &text.as_bytes()[..offset.min(text.len())];
    before.iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// The text of a string without interpolation.
pub fn str_name(string: &ast::Str) -> Option<String> {
    let mut parts = string.normalized_parts();
    match (parts.pop(), parts.is_empty()) {
        (None, _) => Some(String::new()),
        (Some(ast::InterpolPart::Literal(name)), true) => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_node_with_exactly_the_range() {
        let root = parse("{ a = [ (b c) ]; }").unwrap();
        let list: Option<ast::List> = node_at(&root, 6..15);
        assert_eq!(list.unwrap().to_string(), "[ (b c) ]");
        assert!(node_at::<ast::List>(&root, 6..14).is_none());
        assert!(node_at::<ast::AttrSet>(&root, 6..15).is_none());
        assert!(node_at::<ast::List>(&root, 6..99).is_none());
        let whole: ast::Root = node_at(&root, 0..18).unwrap();
        assert_eq!(whole, root);
        assert!(matches!(node_at(&root, 0..18), Some(ast::Expr::AttrSet(_))));
    }

    #[test]
    fn names_are_read_through_quotes_but_not_computed() {
        let root = parse(r#"{ a."b c".${"d"}.${e}."" = 1; }"#).unwrap();
        let attrpath = root
            .syntax()
            .descendants()
            .find_map(ast::Attrpath::cast)
            .unwrap();
        let names: Vec<_> = attrpath.attrs().map(|attr| attr_name(&attr)).collect();
        let expected = [Some("a"), Some("b c"), Some("d"), None, Some("")];
        assert_eq!(names, expected.map(|name| name.map(String::from)));
        assert_eq!(attrpath_names(&attrpath), None);
    }

    #[test]
    fn parentheses_are_seen_through() {
        let root = parse("((a))").unwrap();
        assert_eq!(unwrap_parens(root.expr().unwrap()).to_string(), "a");
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!([0, 1, 2, 9].map(|at| line_of("a\nb\n", at)), [1, 1, 2, 3]);
    }
}
