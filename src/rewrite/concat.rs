//! Adds an item to an expression whose value is a list, with the parentheses that precedence asks for.

use rnix::SyntaxKind::TOKEN_CONCAT;
use rnix::ast::{self, BinOpKind, UnaryOpKind};
use rowan::ast::AstNode;

use super::lines::{indent_at, starts_line};
use super::lists::append_list_item;
use super::style::{Style, is_inline};
use crate::edit::Edit;
use crate::syntax::{range_of, to_range, unwrap_parens};

/// Turns `expr` into `expr ++ [ item ]`, or adds `item` to the literal list that `expr` is or ends with.
///
/// A list behind `with`, `if` or in a function call is not looked into: the item would stand in its scope or condition.
pub fn append_to_list_expr(text: &str, expr: &ast::Expr, item: &str) -> Vec<Edit> {
    if let Some(list) = last_literal_list(expr) {
        return append_list_item(text, &list, item);
    }
    // Where the place needs parentheses, those that are there already serve.
    let target = if needs_parens_around(expr) {
        unwrap_parens(expr.clone())
    } else {
        expr.clone()
    };
    let adds_outer = target == *expr && needs_parens_around(expr);
    let (outer_open, outer_close) = if adds_outer { ("(", ")") } else { ("", "") };
    let (open, close) = if is_operand(&target) {
        ("", "")
    } else {
        ("(", ")")
    };
    let range = range_of(&target);
    let concat = concat_of(text, &target, item);
    let mut edits = Vec::new();
    if adds_outer || !open.is_empty() {
        edits.push(Edit::insert(range.start, format!("{outer_open}{open}")));
    }
    edits.push(Edit::insert(
        range.end,
        format!("{close}{concat}{outer_close}"),
    ));
    edits
}

/// The literal list that `expr` is, or that stands last in its chain of `++`.
fn last_literal_list(expr: &ast::Expr) -> Option<ast::List> {
    let mut expr = unwrap_parens(expr.clone());
    loop {
        match expr {
            ast::Expr::List(list) => return Some(list),
            ast::Expr::BinOp(concat) if concat.operator() == Some(BinOpKind::Concat) => {
                expr = unwrap_parens(concat.rhs()?);
            }
            _ => return None,
        }
    }
}

/// Whether `expr` binds at least as tightly as an operand of `++` must.
fn is_operand(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::BinOp(operation) => {
            operation.operator() == Some(BinOpKind::Concat)
                && operation.rhs().is_some_and(|rhs| is_operand(&rhs))
        }
        ast::Expr::UnaryOp(operation) => operation.operator() == Some(UnaryOpKind::Negate),
        ast::Expr::Assert(_)
        | ast::Expr::IfElse(_)
        | ast::Expr::Lambda(_)
        | ast::Expr::LetIn(_)
        | ast::Expr::With(_) => false,
        _ => true,
    }
}

/// Whether `++` cannot stand where `expr` stands: an argument, a list item, the left of a dot.
fn needs_parens_around(expr: &ast::Expr) -> bool {
    let Some(parent) = expr.syntax().parent().and_then(ast::Expr::cast) else {
        return false;
    };
    match parent {
        ast::Expr::Apply(_) | ast::Expr::Select(_) | ast::Expr::HasAttr(_) | ast::Expr::List(_) => {
            true
        }
        ast::Expr::UnaryOp(operation) => operation.operator() == Some(UnaryOpKind::Negate),
        _ => false,
    }
}

/// ` ++ [ item ]`, on a line of its own where the `++` before it has one.
fn concat_of(text: &str, expr: &ast::Expr, item: &str) -> String {
    let end = range_of(expr).end;
    let style = Style::near(text, end);
    let operator_line = last_operator(expr).filter(|at| starts_line(text, *at));
    let (before, indent) = match operator_line {
        Some(at) => (
            format!("{}{}", style.eol, indent_at(text, at)),
            indent_at(text, at),
        ),
        None => (" ".to_string(), indent_at(text, end)),
    };
    if is_inline(item) {
        let pad = if style.tight_braces() { "" } else { " " };
        return format!("{before}++ [{pad}{item}{pad}]");
    }
    let inner = format!("{indent}{}", style.unit());
    let item = style.place(item, &inner);
    format!(
        "{before}++ [{eol}{inner}{item}{eol}{indent}]",
        eol = style.eol
    )
}

/// Where the last `++` of a chain stands.
fn last_operator(expr: &ast::Expr) -> Option<usize> {
    let mut last = None;
    let mut expr = expr.clone();
    while let ast::Expr::BinOp(operation) = &expr {
        let tokens = operation
            .syntax()
            .children_with_tokens()
            .filter_map(|element| element.into_token());
        let operator = tokens
            .into_iter()
            .find(|token| token.kind() == TOKEN_CONCAT);
        last = operator.map(|token| to_range(token.text_range()).start);
        match operation.rhs() {
            Some(rhs) if last.is_some() => expr = rhs,
            _ => break,
        }
    }
    last
}

#[cfg(test)]
mod tests;
