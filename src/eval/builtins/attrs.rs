//! Functions on attribute sets.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::primop;
use crate::eval::Evaluator;
use crate::eval::names::{Found, is_opaque};
use crate::eval::value::{
    Attr, Attrs, Kind, List, Literals, Name, NameMap, Part, PrimopEntry, Thunk, Value,
};

pub(super) const TABLE: &[PrimopEntry] = &[
    primop("attrNames", 1, |ev, args| {
        ev.with_attrs(&args[0], |attrs| {
            let names = attrs
                .map
                .keys()
                .map(|name| Part::Item(Thunk::done(Value::text(*name))));
            listed(List::of(names.collect()), attrs)
        })
    }),
    primop("attrValues", 1, |ev, args| {
        ev.with_attrs(&args[0], |attrs| {
            let values = attrs.map.values();
            let list = List {
                parts: values.map(|attr| Part::Item(attr.value.clone())).collect(),
                sets: vec![attrs.clone()],
            };
            listed(list, attrs)
        })
    }),
    primop("mapAttrsToList", 2, |ev, args| {
        ev.with_attrs(&args[1], |attrs| {
            let item =
                |(name, attr): (&Name, &Attr)| Part::Item(called(&args[0], name, &attr.value));
            listed(List::of(attrs.map.iter().map(item).collect()), attrs)
        })
    }),
    primop("mapAttrs", 2, |ev, args| {
        ev.with_attrs(&args[1], |attrs| {
            let entry = |(name, attr): (&Name, &Attr)| {
                let value = called(&args[0], name, &attr.value);
                (
                    *name,
                    Attr {
                        value,
                        binding: attr.binding.clone(),
                    },
                )
            };
            opened(attrs.map.iter().map(entry).collect(), attrs)
        })
    }),
    primop("filterAttrs", 2, |ev, args| {
        let keep = ev.force(&args[0]);
        ev.with_attrs(&args[1], |attrs| {
            let mut rest = attrs.rest.clone();
            let mut map = NameMap::new();
            for (name, attr) in &attrs.map {
                match ev
                    .apply_all(
                        &keep,
                        &[Thunk::done(Value::text(*name)), attr.value.clone()],
                    )
                    .as_bool()
                {
                    Some(true) => drop(map.insert(*name, attr.clone())),
                    Some(false) => {}
                    None => {
                        let why = format!("whether `{name}` is kept is not known");
                        rest = Some(Value::unknown(why).into());
                    }
                }
            }
            Value::of(Kind::Attrs(Rc::new(Attrs {
                map,
                rest,
                literals: Literals::new(),
            })))
        })
    }),
    primop("listToAttrs", 1, |ev, args| {
        let value = ev.force(&args[0]);
        ev.each(&value, |value| ev.set_of_pairs(value))
    }),
    primop("removeAttrs", 2, |ev, args| {
        ev.with_attrs(&args[0], |attrs| {
            ev.with_items(&args[1], |items| {
                let names = items.iter().map(|item| ev.force(item).as_text());
                let Some(removed) = names.collect::<Option<FxHashSet<Rc<str>>>>() else {
                    return Value::unknown("a removed name is not known");
                };
                let mut left = Attrs {
                    map: attrs.map.clone(),
                    rest: attrs.rest.clone(),
                    literals: Literals::new(),
                };
                left.map.retain(|name, _| !removed.contains(&**name));
                Value::of(Kind::Attrs(Rc::new(left)))
            })
        })
    }),
    primop("hasAttr", 2, |ev, args| {
        match ev.force(&args[0]).as_text() {
            Some(name) => ev.each(&ev.force(&args[1]), |set| {
                match ev.find(set, ev.name_of(&name)) {
                    Found::Here(_) => Value::bool(true),
                    Found::Missing => Value::bool(false),
                    Found::Perhaps(value) => match ev.has_option(&value) {
                        Some(known) => Value::bool(known),
                        None => Value::unknown(format!("whether there is an attribute `{name}`")),
                    },
                }
            }),
            None => Value::unknown("the attribute's name"),
        }
    }),
    primop("getAttr", 2, |ev, args| {
        match ev.force(&args[0]).as_text() {
            Some(name) => ev.select(&ev.force(&args[1]), ev.name_of(&name)),
            None => Value::unknown("the attribute's name"),
        }
    }),
    primop("intersectAttrs", 2, |ev, args| {
        ev.with_attrs(&args[0], |left| {
            ev.with_attrs(&args[1], |right| {
                if left.rest.is_some() || right.rest.is_some() {
                    return Value::unknown("the attributes are not all known");
                }
                let both = right
                    .map
                    .iter()
                    .filter(|(name, _)| left.map.contains_key(name));
                let map = both.map(|(name, attr)| (*name, attr.clone())).collect();
                Value::of(Kind::Attrs(Rc::new(Attrs {
                    map,
                    ..Attrs::default()
                })))
            })
        })
    }),
    primop("recursiveUpdate", 2, |ev, args| {
        ev.recursive_update(&ev.force(&args[0]), &ev.force(&args[1]))
    }),
    primop("mergeAttrsList", 1, |ev, args| {
        ev.with_items(&args[0], |items| {
            items.iter().fold(Value::attrs([]), |sum, item| {
                ev.update(&sum, &ev.force(item))
            })
        })
    }),
];

/// `function name value`, later.
fn called(function: &Thunk, name: &Name, value: &Thunk) -> Thunk {
    Thunk::apply(
        &Thunk::apply(function, &Thunk::done(Value::text(*name))),
        value,
    )
}

/// A list made of the attributes of `attrs` in their order. Where not all of them are known, others may be anywhere between.
fn listed(mut list: List, attrs: &Attrs) -> Value {
    if let Some(rest) = &attrs.rest {
        let others = Part::Stretch(Value::unknown(rest.describe()));
        let known = list.parts.into_iter();
        list.parts = known.flat_map(|part| [others.clone(), part]).collect();
        list.parts.push(others);
    }
    Value::of(Kind::List(Rc::new(list)))
}

/// A set made of the attributes of `attrs`, open where `attrs` is.
fn opened(map: NameMap<Attr>, attrs: &Attrs) -> Value {
    let rest = attrs
        .rest
        .as_ref()
        .map(|rest| Value::unknown(rest.describe()).into());
    Value::of(Kind::Attrs(Rc::new(Attrs {
        map,
        rest,
        literals: Literals::new(),
    })))
}

impl Evaluator {
    fn with_attrs(&self, set: &Thunk, f: impl Fn(&Rc<Attrs>) -> Value) -> Value {
        self.each(&self.force(set), |value| match &value.kind {
            Kind::Attrs(attrs) => f(attrs),
            _ => value.obscures(|what| format!("the attributes of {what} are not known")),
        })
    }

    /// The set of `{ name; value; }` pairs; the first of a name wins.
    fn set_of_pairs(&self, list: &Value) -> Value {
        let Kind::List(list) = &list.kind else {
            return list.obscures(|what| format!("the list of attributes is {what}"));
        };
        let (mut attrs, mut entries) = (Attrs::default(), Vec::new());
        for item in list.items() {
            let pair = item.map(|item| self.force(item));
            let name = pair
                .as_ref()
                .and_then(|pair| self.get(pair, "name"))
                .and_then(|name| name.as_text());
            match (name, &pair) {
                (Some(name), Some(pair)) => {
                    let binding = pair
                        .as_attrs()
                        .and_then(|pair| pair.map.get("value")?.binding.clone());
                    let value = match attrs.rest {
                        None => Thunk::select(&Thunk::done(pair.clone()), "value".into()),
                        Some(_) => Thunk::done(Value::unknown(format!(
                            "a pair before may have the name `{name}` as well"
                        ))),
                    };
                    entries.push((self.name_of(&name), Attr { value, binding }));
                }
                _ => {
                    let why = Value::unknown("the name of an attribute is not known");
                    attrs.rest = Some(why.into());
                }
            }
        }
        // Of pairs with one name the first one holds.
        attrs.map = entries.into_iter().rev().collect();
        Value::of(Kind::Attrs(Rc::new(attrs)))
    }

    /// `lib.recursiveUpdate lhs rhs`: sets that both have are merged themselves.
    fn recursive_update(&self, lhs: &Value, rhs: &Value) -> Value {
        match (&lhs.kind, &rhs.kind) {
            (_, Kind::Choice(_)) => self.each(rhs, |rhs| self.recursive_update(lhs, rhs)),
            (Kind::Choice(_), _) => self.each(lhs, |lhs| self.recursive_update(lhs, rhs)),
            (_, Kind::Attrs(b)) => {
                let Kind::Attrs(shallow) = self.update(lhs, rhs).kind else {
                    return Value::unknown("the sets that are merged are not known");
                };
                let mut merged = (*shallow).clone();
                let is_new = |name: &Name| match &lhs.kind {
                    Kind::Attrs(a) => a.rest.is_none() && a.map.at(*name).is_none(),
                    _ => false,
                };
                for (name, attr) in b.map.iter().filter(|(name, _)| !is_new(name)) {
                    let (lhs, name, new) = (lhs.clone(), *name, attr.value.clone());
                    let value = Thunk::native(move |ev| match ev.find(&lhs, name) {
                        Found::Missing => ev.force(&new),
                        Found::Here(old) | Found::Perhaps(old) => ev.updated(&old, &ev.force(&new)),
                    });
                    let binding = attr.binding.clone();
                    merged.map.insert(name, Attr { value, binding });
                }
                Value::of(Kind::Attrs(Rc::new(merged)))
            }
            _ => rhs.obscures(|what| format!("it is merged with {what}")),
        }
    }

    /// What `new` is where [`Self::recursive_update`] meets it over `old`.
    fn updated(&self, old: &Value, new: &Value) -> Value {
        let may_be_set =
            |value: &Value| matches!(value.kind, Kind::Attrs(_)) || is_opaque(&value.kind);
        match &new.kind {
            Kind::Choice(_) => self.each(new, |new| self.updated(old, new)),
            Kind::Attrs(_) if may_be_set(old) => self.recursive_update(old, new),
            // What it has holds, also where it is not known what that is.
            _ => new.clone(),
        }
    }
}
