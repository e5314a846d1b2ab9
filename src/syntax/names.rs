//! Which binder each name has, by the lexical rules of Nix.
//!
//! Nix looks outwards for `let`, `rec`, formals and at-names, the built-in globals being the outermost of these scopes;
//! only a name found nowhere there is looked up in the enclosing `with`s.

use std::ops::Range;

use rnix::ast;
use rnix::{SyntaxNode, TextRange};
use rowan::ast::AstNode;
use rustc_hash::FxHashMap;

use super::{attr_name, ident_name, is_recursive, to_range};

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
    names: FxHashMap<SyntaxNode, FxHashMap<String, TextRange>>,
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
        || ast::AttrSet::cast(node.clone()).is_some_and(|set| is_recursive(&set))
}

fn defined_names(scope: &SyntaxNode) -> FxHashMap<String, TextRange> {
    let mut names = FxHashMap::default();
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
mod tests;
