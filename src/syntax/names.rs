//! Which binder each name has, by the lexical rules of Nix.
//!
//! Nix looks outwards for `let`, `rec`, formals and at-names, the built-in globals being the outermost of these scopes;
//! only a name found nowhere there is looked up in the enclosing `with`s.

use std::collections::HashMap;
use std::ops::Range;

use rnix::ast;
use rnix::{SyntaxNode, TextRange};
use rowan::ast::AstNode;

use super::{attr_name, ident_name, to_range};

/// Names that are in scope everywhere, besides the `__`-prefixed ones.
const GLOBALS: &[&str] = &[
    "abort",
    "baseNameOf",
    "break",
    "builtins",
    "derivation",
    "derivationStrict",
    "dirOf",
    "false",
    "fetchGit",
    "fetchMercurial",
    "fetchTarball",
    "fetchTree",
    "fromTOML",
    "import",
    "isNull",
    "map",
    "null",
    "placeholder",
    "removeAttrs",
    "scopedImport",
    "throw",
    "toString",
    "true",
];

/// A place where a variable is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The identifier.
    pub range: Range<usize>,
    /// Its name.
    pub name: String,
    /// What it refers to.
    pub binder: Binder,
}

/// What a variable refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binder {
    /// The formal, at-name, or attribute of a `let` or `rec` at this range.
    Bound(Range<usize>),
    /// Whatever the `with`s provide; the innermost one has its keyword here.
    With(Range<usize>),
    /// A global of the language.
    Builtin,
    /// Nothing: Nix rejects the file.
    Free,
}

/// Every variable of the file in source order. Attribute names and names in `inherit (e) x` are none.
pub fn resolve_names(root: &ast::Root) -> Vec<Use> {
    let mut scopes = Scopes::default();
    root.syntax()
        .descendants()
        .filter_map(|node| scopes.read_use(&node))
        .collect()
}

/// The names each scope defines, collected when first asked for.
#[derive(Default)]
struct Scopes {
    names: HashMap<SyntaxNode, HashMap<String, TextRange>>,
}

impl Scopes {
    fn read_use(&mut self, node: &SyntaxNode) -> Option<Use> {
        let name = used_name(node)?;
        let binder = self.find_binder(node, &name);
        Some(Use {
            range: to_range(node.text_range()),
            name,
            binder,
        })
    }

    fn find_binder(&mut self, node: &SyntaxNode, name: &str) -> Binder {
        let mut innermost_with = None;
        let mut child = node.clone();
        while let Some(parent) = child.parent() {
            if let Some(with) = ast::With::cast(parent.clone()) {
                let in_body = with.body().is_some_and(|body| *body.syntax() == child);
                if in_body && innermost_with.is_none() {
                    innermost_with = with.with_token().map(|token| to_range(token.text_range()));
                }
            } else if is_scope(&parent) && !is_plain_inherit(&child) {
                let names = self
                    .names
                    .entry(parent.clone())
                    .or_insert_with(|| defined_names(&parent));
                if let Some(range) = names.get(name) {
                    return Binder::Bound(to_range(*range));
                }
            }
            child = parent;
        }
        if is_global(name) {
            return Binder::Builtin;
        }
        innermost_with.map_or(Binder::Free, Binder::With)
    }
}

/// The name, if `node` is the use of a variable.
fn used_name(node: &SyntaxNode) -> Option<String> {
    let parent = node.parent()?;
    if is_plain_inherit(&parent) {
        return attr_name(&ast::Attr::cast(node.clone())?);
    }
    let ident = ast::Ident::cast(node.clone())?;
    let names_something = ast::Attrpath::can_cast(parent.kind())
        || ast::Inherit::can_cast(parent.kind())
        || ast::PatBind::can_cast(parent.kind())
        || ast::IdentParam::can_cast(parent.kind())
        || ast::PatEntry::cast(parent).is_some_and(|entry| entry.ident().as_ref() == Some(&ident));
    if names_something {
        None
    } else {
        ident_name(&ident)
    }
}

/// `inherit x;`, whose names belong to the scope around the set.
fn is_plain_inherit(node: &SyntaxNode) -> bool {
    ast::Inherit::cast(node.clone()).is_some_and(|inherit| inherit.from().is_none())
}

fn is_scope(node: &SyntaxNode) -> bool {
    ast::Lambda::can_cast(node.kind())
        || ast::LetIn::can_cast(node.kind())
        || ast::LegacyLet::can_cast(node.kind())
        || ast::AttrSet::cast(node.clone()).is_some_and(|set| set.rec_token().is_some())
}

fn defined_names(scope: &SyntaxNode) -> HashMap<String, TextRange> {
    let mut names = HashMap::new();
    if let Some(lambda) = ast::Lambda::cast(scope.clone()) {
        for ident in lambda.param().iter().flat_map(param_idents) {
            if let Some(name) = ident_name(&ident) {
                names.entry(name).or_insert(ident.syntax().text_range());
            }
        }
    } else {
        for attr in scope
            .children()
            .filter_map(ast::Entry::cast)
            .flat_map(entry_attrs)
        {
            if let Some(name) = attr_name(&attr) {
                names.entry(name).or_insert(attr.syntax().text_range());
            }
        }
    }
    names
}

fn param_idents(param: &ast::Param) -> Vec<ast::Ident> {
    match param {
        ast::Param::IdentParam(param) => param.ident().into_iter().collect(),
        ast::Param::Pattern(pattern) => {
            let formals = pattern.pat_entries().filter_map(|entry| entry.ident());
            formals
                .chain(pattern.pat_bind().and_then(|bind| bind.ident()))
                .collect()
        }
    }
}

/// The attributes an entry defines in its own set: all of an `inherit`, the first of an attrpath.
fn entry_attrs(entry: ast::Entry) -> Vec<ast::Attr> {
    match entry {
        ast::Entry::Inherit(inherit) => inherit.attrs().collect(),
        ast::Entry::AttrpathValue(binding) => binding
            .attrpath()
            .and_then(|attrpath| attrpath.attrs().next())
            .into_iter()
            .collect(),
    }
}

fn is_global(name: &str) -> bool {
    name.starts_with("__") || GLOBALS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    /// Each use as `name:` and what it refers to: the offset of its binder, `with@` offset, `builtin` or `free`.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let root = parse(text).unwrap();
        let found: Vec<String> = resolve_names(&root)
            .into_iter()
            .map(|found| match found.binder {
                Binder::Bound(range) => format!("{}:{}", found.name, range.start),
                Binder::With(range) => format!("{}:with@{}", found.name, range.start),
                Binder::Builtin => format!("{}:builtin", found.name),
                Binder::Free => format!("{}:free", found.name),
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn names_are_bound_as_nix_binds_them() {
        check("x: x y", "x:0 y:free");
        check("{ a, b ? a }@c: a b c", "a:2 a:2 b:5 c:13");
        check("c@{ a ? c, ... }: d", "c:0 d:free");
        check("let a = b; b = 1; in a", "b:11 a:4");
        check("{ a = b; b = 1; }", "b:free");
        check("rec { a = b; b.c = 1; }", "b:13");
        check("rec { \"a\" = 1; b = a; }", "a:6");
        check("let { a = b; b = 1; body = a; }", "b:13 a:6");
        check("a.b.c or d ? e", "a:free d:free");
        check("x: { ${x} = \"${x}/${./. + x}\"; }", "x:0 x:0 x:0");
        check("x: x: x", "x:3");
    }

    #[test]
    fn inherit_looks_outside_its_own_set() {
        check("x: rec { inherit x; y = x; }", "x:0 x:17");
        check("x: let inherit x; in x", "x:0 x:15");
        check("let inherit (e) x; e = 1; in x", "e:19 x:16");
        check("{ inherit \"x\"; }", "x:free");
        check("x: { inherit x; y = z: { inherit z x; }; }", "x:0 z:20 x:0");
    }

    #[test]
    fn with_comes_last_and_the_innermost_one_is_named() {
        check("with a; b", "a:free b:with@0");
        check("with a; with b; c", "a:free b:with@0 c:with@8");
        check("x: with a; x", "a:free x:0");
        check(
            "with a; map true __add",
            "a:free map:builtin true:builtin __add:builtin",
        );
        check("let map = 1; in map", "map:4");
    }
}
