//! Names that are defined twice where Nix allows one definition: an error to Nix that the parser lets pass.

use std::collections::hash_map::Entry;
use std::ops::Range;

use rnix::SyntaxNode;
use rnix::ast::{self, HasEntry};
use rowan::ast::AstNode;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{attr_name, ident_name, range_of, unwrap_parens};

/// The second and later definitions of a formal, `let` binding or attribute, in source order. An at-name counts as later
/// than the formals.
///
/// Literal sets merge as in Nix: `a.b = 1; a.c = 2;` and `a = { b = 1; }; a.c = 2;` define nothing twice.
pub fn duplicate_names(root: &ast::Root) -> Vec<Range<usize>> {
    let mut finder = Finder::default();
    for node in root.syntax().descendants() {
        if let Some(pattern) = ast::Pattern::cast(node.clone()) {
            finder.pattern(&pattern);
        } else if let Some(set) = ast::AttrSet::cast(node.clone()) {
            finder.outermost(&set);
        } else if let Some(set) = ast::LetIn::cast(node.clone()) {
            finder.outermost(&set);
        } else if let Some(set) = ast::LegacyLet::cast(node) {
            finder.outermost(&set);
        }
    }
    finder.duplicates.sort_by_key(|range| range.start);
    finder.duplicates
}

/// An attribute of a set: where it was defined first, and what it holds if that is a literal set, which can be added to.
struct Slot {
    range: Range<usize>,
    inner: Option<Slots>,
}

type Slots = FxHashMap<String, Slot>;

#[derive(Default)]
struct Finder {
    duplicates: Vec<Range<usize>>,
    /// Literal sets that were read as part of the set around them.
    read: FxHashSet<SyntaxNode>,
}

impl Finder {
    fn pattern(&mut self, pattern: &ast::Pattern) {
        let mut seen = FxHashSet::default();
        let formals = pattern.pat_entries().filter_map(|entry| entry.ident());
        for ident in formals.chain(pattern.pat_bind().and_then(|bind| bind.ident())) {
            if !seen.insert(ident_name(&ident)) {
                self.duplicates.push(range_of(&ident));
            }
        }
    }

    fn outermost(&mut self, set: &impl HasEntry) {
        if !self.read.contains(set.syntax()) {
            self.add_entries(&mut Slots::default(), set);
        }
    }

    /// The nesting of literal sets bounds the recursion, and brackets are never nested deeply.
    fn add_entries(&mut self, slots: &mut Slots, set: &impl HasEntry) {
        self.read.insert(set.syntax().clone());
        for entry in set.entries() {
            match entry {
                ast::Entry::Inherit(inherit) => {
                    for attr in inherit.attrs() {
                        self.define(slots, &attr);
                    }
                }
                ast::Entry::AttrpathValue(binding) => self.add_binding(slots, &binding),
            }
        }
    }

    fn add_binding(&mut self, slots: &mut Slots, binding: &ast::AttrpathValue) {
        let attrs: Vec<ast::Attr> = binding
            .attrpath()
            .iter()
            .flat_map(|path| path.attrs())
            .collect();
        let Some((last, prefix)) = attrs.split_last() else {
            return;
        };
        let mut slots = slots;
        for attr in prefix {
            // A computed name is known only when it is evaluated.
            let Some(name) = attr_name(attr) else { return };
            match literal_set(slots, name, attr) {
                Some(inner) => slots = inner,
                None => return self.duplicates.push(range_of(attr)),
            }
        }
        match binding.value().map(unwrap_parens) {
            Some(ast::Expr::AttrSet(set)) => self.merge_set(slots, last, &set),
            _ => self.define(slots, last),
        }
    }

    /// Two literal sets merge one level deep: their attributes must differ.
    fn merge_set(&mut self, slots: &mut Slots, attr: &ast::Attr, set: &ast::AttrSet) {
        let mut added = Slots::default();
        self.add_entries(&mut added, set);
        let Some(name) = attr_name(attr) else { return };
        let Some(inner) = literal_set(slots, name, attr) else {
            return self.duplicates.push(range_of(attr));
        };
        for (name, slot) in added {
            match inner.entry(name) {
                Entry::Occupied(_) => self.duplicates.push(slot.range),
                Entry::Vacant(entry) => {
                    entry.insert(slot);
                }
            }
        }
    }

    fn define(&mut self, slots: &mut Slots, attr: &ast::Attr) {
        let slot = Slot {
            range: range_of(attr),
            inner: None,
        };
        if let Some(name) = attr_name(attr)
            && slots.insert(name, slot).is_some()
        {
            self.duplicates.push(range_of(attr));
        }
    }
}

/// The literal set that `name` holds, an empty one if it is new; `None` if it holds anything else.
fn literal_set<'s>(slots: &'s mut Slots, name: String, attr: &ast::Attr) -> Option<&'s mut Slots> {
    let new = || Slot {
        range: range_of(attr),
        inner: Some(Slots::default()),
    };
    slots.entry(name).or_insert_with(new).inner.as_mut()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    #[test]
    fn legal_merges_are_no_duplicates() {
        for text in [
            "{ a.b = 1; a.c = 2; }",
            "{ a = { b = 1; }; a.c = 2; }",
            "{ a.c = 2; a = { b = 1; }; }",
            "{ a = { b = 1; }; a = { c = 2; }; }",
            "{ a = { b.x = 1; }; a.b = { y = 2; }; }",
            "{ a = 1; b = { a = 1; }; }",
            "{ ${x} = 1; ${y} = 2; }",
            "let a = 1; in let a = 2; in a",
            "{ a, b }@c: { a, b }: a",
        ] {
            assert_eq!(duplicate_names(&parse(text).unwrap()), [], "{text}");
        }
    }

    #[test]
    fn every_later_definition_is_found() {
        for (text, places) in [
            ("{ a = 1; a = 2; a = 3; }", vec![9, 16]),
            ("{ a = 1; a.b = 2; }", vec![9]),
            ("{ a.b = 1; a = { b = 2; }; }", vec![17]),
            ("{ a.b = 1; a = f { }; }", vec![11]),
            ("{ inherit a; a = 1; }", vec![13]),
            ("{ inherit a a; }", vec![12]),
            ("let a = 1; a = 2; in a", vec![11]),
            ("{ \"a\" = 1; a = 2; }", vec![11]),
            ("{ x = { a = 1; a = 2; }; }", vec![15]),
            (
                "{ a = { b = { x = 1; }; }; a = { b = { y = 2; }; }; }",
                vec![33],
            ),
            ("{ a, a }: a", vec![5]),
            ("a@{ a }: a", vec![0]),
            ("{ a }@a: a", vec![6]),
        ] {
            let found = duplicate_names(&parse(text).unwrap());
            let starts: Vec<_> = found.iter().map(|range| range.start).collect();
            assert_eq!(starts, places, "{text}");
        }
    }
}
