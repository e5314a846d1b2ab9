//! Functions on lists.

use std::rc::Rc;

use super::primop;
use crate::eval::operators::{LONGEST_LIST, any, parts_of, too_long, truth};
use crate::eval::value::{Kind, List, LiteralList, Part, PrimopEntry, Thunk, Value};
use crate::eval::{Evaluator, choice};

pub(super) const TABLE: &[PrimopEntry] = &[
    primop("map", 2, |ev, args| {
        let function = args[0].clone();
        ev.map_parts(&args[1], |item| {
            vec![Part::Item(Thunk::apply(&function, item))]
        })
    }),
    primop("filter", 2, |ev, args| {
        let keep = ev.force(&args[0]);
        ev.map_parts(&args[1], |item| match ev.apply(&keep, item).kind {
            Kind::Bool(true) => vec![Part::Item(item.clone())],
            Kind::Bool(false) => Vec::new(),
            _ => vec![Part::Stretch(choice([
                Value::list([item.clone()]),
                Value::list([]),
            ]))],
        })
    }),
    primop("concatMap", 2, |ev, args| {
        let function = ev.force(&args[0]);
        ev.map_parts(&args[1], |item| parts_of(&ev.apply(&function, item)))
    }),
    primop("concatLists", 1, |ev, args| {
        ev.map_parts(&args[0], |item| parts_of(&ev.force(item)))
    }),
    primop("foldl'", 3, |ev, args| {
        let (function, first) = (ev.force(&args[0]), args[1].clone());
        ev.with_items(&args[2], |items| {
            let step = |sum: Thunk, item: &Thunk| {
                let value = ev.apply_all(&function, &[sum, item.clone()]);
                Thunk::done(value)
            };
            ev.force(&items.iter().fold(first.clone(), step))
        })
    }),
    primop("foldr", 3, |ev, args| {
        let (function, last) = (ev.force(&args[0]), args[1].clone());
        ev.with_items(&args[2], |items| {
            let step = |sum: Thunk, item: &Thunk| {
                Thunk::done(ev.apply_all(&function, &[item.clone(), sum]))
            };
            ev.force(&items.iter().rev().fold(last.clone(), step))
        })
    }),
    primop("head", 1, |ev, args| {
        ev.with_items(&args[0], |items| element(ev, items, 0))
    }),
    primop("last", 1, |ev, args| {
        ev.with_items(&args[0], |items| {
            element(ev, items, items.len().wrapping_sub(1))
        })
    }),
    primop("tail", 1, |ev, args| {
        ev.with_items(&args[0], |items| Value::list(items.iter().skip(1).cloned()))
    }),
    primop("init", 1, |ev, args| {
        ev.with_items(&args[0], |items| {
            Value::list(items[..items.len().saturating_sub(1)].iter().cloned())
        })
    }),
    primop("reverseList", 1, |ev, args| {
        ev.with_items(&args[0], |items| Value::list(items.iter().rev().cloned()))
    }),
    primop("elemAt", 2, |ev, args| match ev.force(&args[1]).kind {
        Kind::Int(index) => ev.with_items(&args[0], |items| element(ev, items, index as usize)),
        _ => Value::unknown("the index is not known"),
    }),
    primop("length", 1, |ev, args| {
        ev.with_items(&args[0], |items| Value::of(Kind::Int(items.len() as i64)))
    }),
    primop("elem", 2, |ev, args| {
        let wanted = ev.force(&args[0]);
        ev.with_items(&args[1], |items| {
            truth(any(items
                .iter()
                .map(|item| ev.equal(&wanted, &ev.force(item)))))
        })
    }),
    primop("any", 2, |ev, args| {
        let test = ev.force(&args[0]);
        ev.with_items(&args[1], |items| {
            truth(any(items
                .iter()
                .map(|item| ev.apply(&test, item).as_bool())))
        })
    }),
    primop("all", 2, |ev, args| {
        let test = ev.force(&args[0]);
        let fails = |item: &Thunk| ev.apply(&test, item).as_bool().map(|holds| !holds);
        ev.with_items(&args[1], |items| {
            truth(any(items.iter().map(fails)).map(|fails| !fails))
        })
    }),
    primop("genList", 2, |ev, args| match ev.force(&args[1]).kind {
        Kind::Int(length) if length <= 10_000 => {
            let item = |index| Thunk::apply(&args[0], &Thunk::done(Value::of(Kind::Int(index))));
            Value::list((0..length).map(item))
        }
        _ => Value::unknown("the length is not known"),
    }),
    primop("flatten", 1, |ev, args| {
        let value = ev.force(&args[0]);
        Value::of(Kind::List(Rc::new(List::of(flatten(ev, value)))))
    }),
    primop("unique", 1, |ev, args| {
        ev.with_items(&args[0], |items| {
            let mut kept: Vec<Thunk> = Vec::new();
            for item in items {
                let value = ev.force(item);
                let seen = any(kept.iter().map(|old| ev.equal(&value, &ev.force(old))));
                match seen {
                    Some(true) => {}
                    Some(false) => kept.push(item.clone()),
                    None => return Value::unknown("which items are equal is not known"),
                }
            }
            Value::list(kept)
        })
    }),
    primop("sort", 2, |ev, args| {
        let before = ev.force(&args[0]);
        ev.with_items(&args[1], |items| {
            let mut sorted: Vec<Thunk> = Vec::new();
            for item in items {
                let mut at = sorted.len();
                // Nix sorts stably: an item goes behind its equals.
                while at > 0 {
                    match ev
                        .apply_all(&before, &[item.clone(), sorted[at - 1].clone()])
                        .as_bool()
                    {
                        Some(true) => at -= 1,
                        Some(false) => break,
                        None => return Value::unknown("the order is not known"),
                    }
                }
                sorted.insert(at, item.clone());
            }
            Value::list(sorted)
        })
    }),
];

impl Evaluator {
    /// Puts `f item` in the place of each item of a list; an unknown stretch stays.
    fn map_parts(&self, list: &Thunk, f: impl Fn(&Thunk) -> Vec<Part>) -> Value {
        self.each(&self.force(list), |value| {
            let mut parts = Vec::new();
            for part in parts_of(value) {
                match part {
                    Part::Literal(literal) => parts.extend(literal.items.iter().flat_map(&f)),
                    Part::Item(item) => parts.extend(f(&item)),
                    Part::Stretch(value) => parts.push(Part::Stretch(value)),
                }
            }
            if parts.len() > LONGEST_LIST {
                return too_long();
            }
            Value::of(Kind::List(Rc::new(List::of(parts))))
        })
    }

    /// `f` of the items, where the whole list is known.
    pub(super) fn with_items(&self, list: &Thunk, f: impl Fn(&[Thunk]) -> Value) -> Value {
        self.each(&self.force(list), |value| match &value.kind {
            Kind::List(list) => match list.known_items() {
                Some(items) => f(&items),
                None => Value::unknown("a part of the list is not known"),
            },
            _ => value.obscures(|what| format!("{what} is used as a list")),
        })
    }
}

fn element(ev: &Evaluator, items: &[Thunk], index: usize) -> Value {
    items.get(index).map_or_else(
        || Value::unknown("the list is too short"),
        |item| ev.force(item),
    )
}

/// A nested list as one. The outermost literals stay places where an item can be added; inner ones are mere items.
fn flatten(ev: &Evaluator, value: Value) -> Vec<Part> {
    let mut parts = Vec::new();
    for part in parts_of(&value) {
        match part {
            Part::Literal(literal) => {
                literal
                    .items
                    .iter()
                    .for_each(|item| flatten_item(ev, item, &mut parts));
                parts.push(Part::Literal(Rc::new(LiteralList {
                    site: literal.site.clone(),
                    expr: literal.expr,
                    items: Vec::new(),
                })));
            }
            Part::Item(item) => flatten_item(ev, &item, &mut parts),
            Part::Stretch(_) => parts.push(part),
        }
    }
    parts
}

fn flatten_item(ev: &Evaluator, item: &Thunk, parts: &mut Vec<Part>) {
    let value = ev.force(item);
    match &value.kind {
        Kind::List(list) => {
            for inner in list.items() {
                match inner {
                    Some(inner) => flatten_item(ev, inner, parts),
                    None => parts.push(Part::Stretch(value.clone())),
                }
            }
        }
        Kind::Choice(_) | Kind::Unknown(_) => parts.push(Part::Stretch(value)),
        _ => parts.push(Part::Item(item.clone())),
    }
}
