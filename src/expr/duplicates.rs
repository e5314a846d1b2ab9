//! Names that are defined twice where Nix allows one definition: an error to Nix that the parser lets pass.

use std::collections::hash_map::Entry;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{AttrName, Binding, Bindings, Expr, ExprId, Exprs, Name, Param, Pattern};

/// The second and later definitions of a formal, `let` binding or attribute, in source order. An at-name counts as later
/// than the formals.
///
/// Literal sets merge as in Nix: `a.b = 1; a.c = 2;` and `a = { b = 1; }; a.c = 2;` define nothing twice.
pub(super) fn duplicates(exprs: &Exprs, text: &str) -> Vec<Range<usize>> {
    let mut finder = Finder {
        exprs,
        text,
        duplicates: Vec::new(),
        read: FxHashSet::default(),
    };
    // What is around a set was added after it.
    for id in exprs.ids().rev() {
        match &exprs[id] {
            Expr::Lambda(function) => {
                if let Param::Pattern(pattern) = &function.param {
                    finder.pattern(pattern);
                }
            }
            Expr::AttrSet(set) if !finder.read.contains(&id) => finder.outermost(set),
            Expr::LetIn(set, _) | Expr::LegacyLet(set) => finder.outermost(set),
            _ => {}
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

type Slots = FxHashMap<Name, Slot>;

struct Finder<'e> {
    exprs: &'e Exprs,
    text: &'e str,
    duplicates: Vec<Range<usize>>,
    /// Literal sets that were read as part of the set around them.
    read: FxHashSet<ExprId>,
}

/// What a set defines.
enum Defined<'e> {
    Inherited(&'e AttrName),
    Bound(&'e Binding),
}

impl Finder<'_> {
    fn pattern(&mut self, pattern: &Pattern) {
        let mut seen = FxHashSet::default();
        let formals = pattern.formals.iter();
        let formals = formals.map(|formal| (formal.name, formal.range()));
        let at_name = pattern.at_name;
        let at_name = at_name.map(|name| (name, pattern.range_of(name, self.text)));
        for (name, range) in formals.chain(at_name) {
            if !seen.insert(name) {
                self.duplicates.push(range);
            }
        }
    }

    fn outermost(&mut self, set: &Bindings) {
        self.add_entries(&mut Slots::default(), set);
    }

    /// The nesting of literal sets bounds the recursion, and brackets are never nested deeply.
    fn add_entries(&mut self, slots: &mut Slots, set: &Bindings) {
        let exprs = self.exprs;
        let inherited = set.inherits.iter().flat_map(|inherit| &inherit.attrs);
        let inherited = inherited.map(|attr| (attr.span, Defined::Inherited(&attr.name)));
        let bound = exprs.bindings(set.bindings).iter();
        let bound = bound.map(|binding| (binding.span, Defined::Bound(binding)));
        let mut in_order: Vec<_> = inherited.chain(bound).collect();
        in_order.sort_by_key(|(span, _)| span.start);
        for (_, defined) in in_order {
            match defined {
                Defined::Inherited(name) => self.define(slots, name),
                Defined::Bound(binding) => self.add_binding(slots, binding),
            }
        }
    }

    fn add_binding(&mut self, slots: &mut Slots, binding: &Binding) {
        let exprs = self.exprs;
        let Some((last, prefix)) = exprs.names(binding.path).split_last() else {
            return;
        };
        let value = exprs.unwrap_parens(binding.value);
        let mut slots = slots;
        for attr in prefix {
            // A computed name is known only when it is evaluated.
            let AttrName::Written(name, _) = attr else {
                return;
            };
            match self.literal_set(slots, *name, attr) {
                Some(inner) => slots = inner,
                None => return self.duplicates.push(attr.range(self.text)),
            }
        }
        match &exprs[value] {
            Expr::AttrSet(set) => {
                self.read.insert(value);
                self.merge_set(slots, last, set);
            }
            _ => self.define(slots, last),
        }
    }

    /// Two literal sets merge one level deep: their attributes must differ.
    fn merge_set(&mut self, slots: &mut Slots, attr: &AttrName, set: &Bindings) {
        let mut added = Slots::default();
        self.add_entries(&mut added, set);
        let AttrName::Written(name, _) = attr else {
            return;
        };
        let Some(inner) = self.literal_set(slots, *name, attr) else {
            return self.duplicates.push(attr.range(self.text));
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

    fn define(&mut self, slots: &mut Slots, attr: &AttrName) {
        let range = attr.range(self.text);
        let slot = Slot {
            range: range.clone(),
            inner: None,
        };
        if let AttrName::Written(name, _) = attr
            && slots.insert(*name, slot).is_some()
        {
            self.duplicates.push(range);
        }
    }

    /// The literal set that `name` holds, an empty one if it is new; `None` if it holds anything else.
    fn literal_set<'s>(
        &self,
        slots: &'s mut Slots,
        name: Name,
        attr: &AttrName,
    ) -> Option<&'s mut Slots> {
        let new = || Slot {
            range: attr.range(self.text),
            inner: Some(Slots::default()),
        };
        slots.entry(name).or_insert_with(new).inner.as_mut()
    }
}

#[cfg(test)]
mod tests {
    use crate::expr::Exprs;

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
            assert_eq!(Exprs::parse(text).unwrap().duplicates(text), [], "{text}");
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
            let found = Exprs::parse(text).unwrap().duplicates(text);
            let starts: Vec<_> = found.iter().map(|range| range.start).collect();
            assert_eq!(starts, places, "{text}");
        }
    }
}
