//! Names of an `inherit`.

use rnix::ast;
use rowan::ast::AstNode;

use super::bindings::{Position, add_binding, remove_binding};
use super::body::{Bindings, Body};
use super::lines::{indent_at, starts_line};
use super::remove::Above;
use super::style::Style;
use crate::edit::Edit;
use crate::syntax::attr_name;

/// Makes `set` inherit `name` from the scope around it: in the last plain `inherit` it has, else in a new one.
pub fn add_inherit(text: &str, set: &impl Bindings, name: &str) -> Vec<Edit> {
    match set
        .inherits()
        .filter(|inherit| inherit.from().is_none())
        .last()
    {
        Some(inherit) => vec![add_name(text, &inherit, name)],
        None => add_binding(text, set, &Position::Last, &format!("inherit {name};")),
    }
}

/// Removes `name` from `inherit`, and `inherit` itself if it has no other. Nothing if it does not have that name.
pub fn remove_inherit_name(text: &str, inherit: &ast::Inherit, name: &str) -> Vec<Edit> {
    let is_it = |attr: ast::Attr| attr_name(&attr).as_deref() == Some(name);
    let Some(index) = inherit.attrs().position(is_it) else {
        return Vec::new();
    };
    let body = Body::of_inherit(text, inherit);
    if body.items.len() > 1 {
        return vec![body.remove(index, Above::Keep)];
    }
    match ast::Entry::cast(inherit.syntax().clone()) {
        Some(entry) => remove_binding(text, &entry),
        None => Vec::new(),
    }
}

fn add_name(text: &str, inherit: &ast::Inherit, name: &str) -> Edit {
    let body = Body::of_inherit(text, inherit);
    let Some(last) = body.items.last() else {
        return Edit::insert(body.open.end, format!(" {name}"));
    };
    if !starts_line(text, last.start) {
        return Edit::insert(last.end, format!(" {name}"));
    }
    let eol = Style::near(text, last.end).eol;
    let at = body.tail_of(last.end).unwrap_or(last.end);
    Edit::insert(at, format!("{eol}{}{name}", indent_at(text, last.start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewrite::tests::{applied, first};

    #[test]
    fn a_name_joins_the_plain_inherit_or_gets_one() {
        for (before, after) in [
            ("{ inherit a; }", "{ inherit a x; }"),
            ("{inherit a;}", "{inherit a x;}"),
            ("{ inherit (b) a; }", "{ inherit (b) a; inherit x; }"),
            ("{ }", "{ inherit x; }"),
            ("{ a = 1; }", "{ a = 1; inherit x; }"),
            ("{\r\n  a = 1;\r\n}", "{\r\n  a = 1;\r\n  inherit x;\r\n}"),
            (
                "{\n  inherit\n    a\n    b # c\n    ;\n}",
                "{\n  inherit\n    a\n    b # c\n    x\n    ;\n}",
            ),
            ("{\n  inherit\n    a;\n}", "{\n  inherit\n    a\n    x;\n}"),
            ("{ inherit; }", "{ inherit x; }"),
            ("{ inherit a /* c */; }", "{ inherit a x /* c */; }"),
        ] {
            let set: ast::AttrSet = first(before);
            assert_eq!(
                applied(before, add_inherit(before, &set, "x")),
                after,
                "{before:?}"
            );
        }
    }

    #[test]
    fn a_name_leaves_and_takes_an_empty_inherit_along() {
        for (before, after) in [
            ("{ inherit a x b; }", "{ inherit a b; }"),
            ("{ inherit x b; }", "{ inherit b; }"),
            ("{ inherit (e) a x; }", "{ inherit (e) a; }"),
            (
                "{ inherit (e)\n    x\n    a\n    ; }",
                "{ inherit (e)\n    a\n    ; }",
            ),
            ("{\n  inherit\n    a\n    x;\n}", "{\n  inherit\n    a;\n}"),
            (
                "{\n  inherit\n    a # c\n    x;\n}",
                "{\n  inherit\n    a # c\n    ;\n}",
            ),
            ("{\n  a = 1;\n  inherit (e) x;\n}", "{\n  a = 1;\n}"),
            ("{ inherit \"x\"; }", "{ }"),
            ("{ inherit a; }", "{ inherit a; }"),
        ] {
            let inherit: ast::Inherit = first(before);
            assert_eq!(
                applied(before, remove_inherit_name(before, &inherit, "x")),
                after,
                "{before:?}"
            );
        }
    }
}
