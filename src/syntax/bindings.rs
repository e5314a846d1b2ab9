//! Finds bindings by attrpath, whichever way the path is spread over dots and nested literal sets.

use rnix::ast::{self, HasEntry};

use super::{attr_name, unwrap_parens};

/// A binding `attrpath = value;` that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The entry, whose attrpath may be only the tail of the path that was asked for.
    pub entry: ast::AttrpathValue,
    /// What it binds.
    pub value: ast::Expr,
}

/// The binding of exactly `path`: `a.b = 1;`, `a = { b = 1; };` and `"a".b = 1;` all bind `["a", "b"]`.
pub fn find_binding(set: &impl HasEntry, path: &[&str]) -> Option<Binding> {
    search(set, path)
        .into_iter()
        .find(|(_, exact)| *exact)
        .map(|(binding, _)| binding)
}

/// The bindings of `path` and of everything below it, in source order: `a.b.c = 1;` is one of those under `["a", "b"]`.
///
/// A literal set bound to `path` itself counts as one binding.
pub fn bindings_under(set: &impl HasEntry, path: &[&str]) -> Vec<Binding> {
    search(set, path)
        .into_iter()
        .map(|(binding, _)| binding)
        .collect()
}

/// The `inherit` of `set` that brings `name` in, and the attribute that names it.
pub fn find_inherit(set: &impl HasEntry, name: &str) -> Option<(ast::Inherit, ast::Attr)> {
    set.inherits().find_map(|inherit| {
        let attr = inherit
            .attrs()
            .find(|attr| attr_name(attr).as_deref() == Some(name))?;
        Some((inherit, attr))
    })
}

/// The bindings at `path` (true) or below it (false).
fn search(set: &impl HasEntry, path: &[&str]) -> Vec<(Binding, bool)> {
    let mut found = Vec::new();
    let mut queue: Vec<(ast::AttrpathValue, usize)> = entries(set, 0);
    while let Some((entry, depth)) = queue.pop() {
        let (Some(attrpath), Some(value)) = (entry.attrpath(), entry.value()) else {
            continue;
        };
        let wanted = &path[depth..];
        let names: Vec<Option<String>> = attrpath.attrs().map(|attr| attr_name(&attr)).collect();
        let agree = names
            .iter()
            .zip(wanted)
            .all(|(name, wanted)| name.as_deref() == Some(*wanted));
        if !agree {
            continue;
        }
        if names.len() >= wanted.len() {
            let exact = names.len() == wanted.len();
            found.push((Binding { entry, value }, exact));
        } else if let ast::Expr::AttrSet(inner) = unwrap_parens(value) {
            queue.extend(entries(&inner, depth + names.len()));
        }
    }
    found
}

/// The bindings of `set`, last first: a stack to be popped in source order.
fn entries(set: &impl HasEntry, depth: usize) -> Vec<(ast::AttrpathValue, usize)> {
    let mut entries: Vec<_> = set.attrpath_values().map(|entry| (entry, depth)).collect();
    entries.reverse();
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    fn set(text: &str) -> ast::AttrSet {
        let expr = parse(text).unwrap().expr().unwrap();
        ast::AttrSet::try_from(expr).unwrap()
    }

    #[test]
    fn finds_a_binding_however_its_path_is_written() {
        for text in [
            "{ a.b.c = 1; }",
            "{ a = { b.c = 1; }; }",
            "{ a.b = { c = 1; }; }",
            "{ x = 2; a = { b = rec { c = 1; }; }; }",
            "{ a.x = 2; a = ({ \"b\".c = 1; }); }",
        ] {
            let found = find_binding(&set(text), &["a", "b", "c"]);
            assert_eq!(
                found.map(|binding| binding.value.to_string()).as_deref(),
                Some("1"),
                "{text}"
            );
        }
    }

    #[test]
    fn finds_nothing_where_the_path_is_computed_longer_or_shorter() {
        for text in [
            "{ a.${b} = 1; }",
            "{ a.b.c = 1; }",
            "{ a = f { b = 1; }; }",
            "{ inherit (a) b; }",
        ] {
            assert_eq!(find_binding(&set(text), &["a", "b"]), None, "{text}");
        }
    }

    #[test]
    fn collects_everything_under_a_path_in_source_order() {
        let set = set("{ i.a.url = 1; i = { b.url = 2; }; i.c = { url = 3; }; j = 4; }");
        let values: Vec<_> = bindings_under(&set, &["i", "b"])
            .iter()
            .map(|b| b.value.to_string())
            .collect();
        assert_eq!(values, ["2"]);
        let values: Vec<_> = bindings_under(&set, &["i"])
            .iter()
            .map(|b| b.value.to_string())
            .collect();
        assert_eq!(values, ["1", "{ b.url = 2; }", "{ url = 3; }"]);
    }

    #[test]
    fn finds_the_inherit_that_brings_a_name_in() {
        let set = set("{ inherit a; inherit (x) b \"c\"; }");
        let names = ["a", "b", "c", "d"]
            .map(|name| find_inherit(&set, name).map(|(_, attr)| attr.to_string()));
        assert_eq!(
            names,
            [Some("a"), Some("b"), Some("\"c\""), None].map(|name| name.map(String::from))
        );
    }
}
