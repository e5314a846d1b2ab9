//! The edits that take one reference to a file out of the expression it stands in.

use rnix::SyntaxNode;
use rnix::ast::{self, HasEntry};
use rowan::ast::AstNode;

use super::super::references::Reference;
use crate::edit::Edit;
use crate::expr::Binder;
use crate::rewrite;
use crate::syntax::{attrpath_names, node_at, range_of};

/// Removes the reference.
///
/// # Errors
/// Why it cannot be removed safely, lower case, no full stop.
pub(super) fn edits(reference: &Reference) -> Result<Vec<Edit>, String> {
    let Some(path) = &reference.path else {
        return Err("it is put together from parts".to_string());
    };
    let whole = overlay_expression(path.clone());
    remove_expression(reference, &whole)
}

/// The overlay as a whole: `(import X inputs)` around `X`.
pub(super) fn overlay_expression(path: ast::Expr) -> ast::Expr {
    let mut expr = path;
    while let Some(parent) = expr.syntax().parent() {
        let wider = match ast::Expr::cast(parent) {
            Some(ast::Expr::Paren(paren)) => ast::Expr::Paren(paren),
            // `import` with its path, and what that is applied to; but not another function's argument.
            Some(ast::Expr::Apply(apply)) if is_function_or_import(&apply, &expr) => {
                ast::Expr::Apply(apply)
            }
            _ => break,
        };
        expr = wider;
    }
    expr
}

fn is_function_or_import(apply: &ast::Apply, part: &ast::Expr) -> bool {
    let Some(function) = apply.lambda() else {
        return false;
    };
    let imports = matches!(&function, ast::Expr::Ident(ident) if ident.to_string() == "import");
    imports || function == *part
}

fn remove_expression(reference: &Reference, expr: &ast::Expr) -> Result<Vec<Edit>, String> {
    let Some(parent) = expr.syntax().parent() else {
        return Err("it is the whole file".to_string());
    };
    if let Some(list) = ast::List::cast(parent.clone()) {
        return Ok(remove_item(reference, &list, expr));
    }
    let Some(binding) = ast::AttrpathValue::cast(parent) else {
        return Err("it is neither an item of a list nor the value of a name".to_string());
    };
    let name = binding
        .attrpath()
        .and_then(|path| attrpath_names(&path))
        .unwrap_or_default();
    let is_let = binding
        .syntax()
        .parent()
        .is_some_and(|parent| ast::LetIn::can_cast(parent.kind()));
    match name.as_slice() {
        [name] if is_let => remove_name(reference, &binding, name),
        _ => Err("it is an attribute that other places may use".to_string()),
    }
}

/// Removes a list item, and with it every list, binding and module that this leaves empty.
fn remove_item(reference: &Reference, list: &ast::List, item: &ast::Expr) -> Vec<Edit> {
    let text = &reference.file.text;
    if !rewrite::is_last_list_item(text, list, item) {
        return rewrite::remove_list_item(text, list, item);
    }
    let emptied = || rewrite::remove_list_item(text, list, item);
    if let Some(edits) = rewrite::remove_operand(text, &ast::Expr::List(list.clone())) {
        return edits;
    }
    let Some(binding) = list.syntax().parent().and_then(ast::AttrpathValue::cast) else {
        return emptied();
    };
    let Some(set) = binding.syntax().parent().and_then(ast::AttrSet::cast) else {
        return emptied();
    };
    if set.entries().count() > 1 || has_comment(set.syntax()) {
        return rewrite::remove_binding(text, &binding.into());
    }
    match module_item(set.syntax()) {
        Some((list, item)) => remove_item(reference, &list, &item),
        None => rewrite::remove_binding(text, &binding.into()),
    }
}

/// The list item that a set makes: itself, or a function or parentheses around it.
fn module_item(set: &SyntaxNode) -> Option<(ast::List, ast::Expr)> {
    let mut node = set.clone();
    loop {
        let parent = node.parent()?;
        if let Some(list) = ast::List::cast(parent.clone()) {
            return Some((list, ast::Expr::cast(node)?));
        }
        let is_wrapper =
            ast::Paren::can_cast(parent.kind()) || ast::Lambda::can_cast(parent.kind());
        if !is_wrapper || has_comment(&parent) {
            return None;
        }
        node = parent;
    }
}

fn has_comment(node: &SyntaxNode) -> bool {
    node.descendants_with_tokens()
        .any(|element| element.kind() == rnix::SyntaxKind::TOKEN_COMMENT)
}

/// Removes a `let` binding: first the list items that use its name, one a call, then the binding itself.
fn remove_name(
    reference: &Reference,
    binding: &ast::AttrpathValue,
    name: &str,
) -> Result<Vec<Edit>, String> {
    let (Ok(root), Some(exprs)) = (reference.file.root(), reference.file.exprs()) else {
        return Err("the file is not valid Nix".to_string());
    };
    let defined = binding.attrpath().map(|path| range_of(&path));
    let mut uses = exprs.uses(&reference.file.text).into_iter();
    let used = uses.find(|used| match &used.binder {
        Binder::Bound(range) => Some(range) == defined.as_ref(),
        _ => false,
    });
    let Some(used) = used else {
        let only = binding
            .syntax()
            .parent()
            .and_then(ast::LetIn::cast)
            .and_then(|let_in| rewrite::remove_let(&let_in));
        return Ok(only.unwrap_or_else(|| {
            rewrite::remove_binding(&reference.file.text, &binding.clone().into())
        }));
    };
    let item = node_at::<ast::Ident>(&root, used.range.clone())
        .map(ast::Expr::Ident)
        .map(with_parens);
    let list = item
        .as_ref()
        .and_then(|item| item.syntax().parent())
        .and_then(ast::List::cast);
    match (list, item) {
        (Some(list), Some(item)) => Ok(remove_item(reference, &list, &item)),
        _ => Err(format!("`{name}` is used elsewhere than in a list")),
    }
}

fn with_parens(expr: ast::Expr) -> ast::Expr {
    let mut expr = expr;
    while let Some(ast::Expr::Paren(paren)) = expr.syntax().parent().and_then(ast::Expr::cast) {
        expr = ast::Expr::Paren(paren);
    }
    expr
}
