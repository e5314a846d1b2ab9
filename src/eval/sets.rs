//! Attribute sets, `rec` and `let`: attrpaths, `inherit`, and the merging of nested bindings.

use std::rc::Rc;

use super::env::{Env, NamesOf};
use super::value::{Attr, Attrs, Kind, Name, NameMap, Origin, Site, Thunk, Value};
use super::{Evaluator, origin_at};
use crate::expr::{self, AttrName, Bindings, Entry, ExprId, Inherit, Span};

/// A binding below some attribute: what is left of its attrpath, its value, and where it stands.
#[derive(Clone)]
struct Binding {
    rest: Vec<AttrName>,
    value: ExprId,
    at: Site,
}

impl Evaluator {
    pub(super) fn attr_set(&self, set: &Bindings, env: &Env, origin: Origin) -> Value {
        let scope = if set.is_recursive {
            self.recursive_scope(set, env)
        } else {
            env.clone()
        };
        let (map, rest) = self.bindings(set, env, &scope);
        Value::of(Kind::Attrs(Rc::new(Attrs {
            map,
            rest,
            literals: vec![Site {
                origin: origin.clone(),
                env: scope,
            }],
        })))
        .at(origin)
    }

    /// The scope that the bindings of a `let` or `rec` see, and the body of the `let`.
    pub(super) fn recursive_scope(&self, bindings: &Bindings, outer: &Env) -> Env {
        outer.bind(NamesOf::Bindings, |inner| {
            let (map, _) = self.bindings(bindings, outer, inner);
            map.into_iter()
                .map(|(name, attr)| (name, attr.value))
                .collect()
        })
    }

    /// The attributes that a set binds: values see `scope`, a plain `inherit` sees `outer`.
    fn bindings(&self, set: &Bindings, outer: &Env, scope: &Env) -> (NameMap<Attr>, Option<Value>) {
        let mut map = Vec::with_capacity(set.entries.len());
        let mut nested = Vec::with_capacity(set.entries.len());
        let mut rest = None;
        for entry in &set.entries {
            match entry {
                Entry::Inherit(inherit) => self.inherit(inherit, outer, scope, &mut map),
                Entry::Binding(binding) => match self.head(binding, scope) {
                    Some(binding) => nested.push(binding),
                    None => {
                        rest = Some(
                            Value::unknown("an attribute's name is not known")
                                .at(origin_at(binding.span, scope)),
                        )
                    }
                },
            }
        }
        map.extend(by_name(nested, scope));
        (map.into_iter().collect(), rest)
    }

    fn inherit(&self, inherit: &Inherit, outer: &Env, scope: &Env, map: &mut Vec<(Name, Attr)>) {
        let from = inherit.from.map(|set| Thunk::expr(set, scope));
        for attr in &inherit.attrs {
            let Some(name) = self.attr_name(&attr.name, outer) else {
                continue;
            };
            let value = match (&from, attr.variable) {
                (Some(set), _) => Thunk::select(set, name),
                (None, Some(variable)) => Thunk::expr(variable, outer),
                (None, None) => continue,
            };
            let binding = Some(site_at(attr.span, outer));
            map.push((name, Attr { value, binding }));
        }
    }

    /// The first name of a binding's attrpath, and the binding below it.
    fn head(&self, binding: &expr::Binding, scope: &Env) -> Option<(Name, Binding)> {
        let (head, rest) = binding.path.split_first()?;
        Some((
            self.attr_name(head, scope)?,
            Binding {
                rest: rest.to_vec(),
                value: binding.value,
                at: site_at(binding.span, scope),
            },
        ))
    }

    /// The name an attribute stands for; `None` if it is computed from something unknown.
    pub(super) fn attr_name(&self, attr: &AttrName, env: &Env) -> Option<Name> {
        match attr {
            AttrName::Written(name) => Some(*name),
            AttrName::Computed(expr, _) => Some(self.eval(*expr, env).as_text()?.into()),
        }
    }
}

/// A place in the file of `env`, and the names in scope there.
fn site_at(span: Span, env: &Env) -> Site {
    Site {
        origin: origin_at(span, env),
        env: env.clone(),
    }
}

/// The attributes that bindings make, those with the same first name together.
fn by_name(mut bindings: Vec<(Name, Binding)>, scope: &Env) -> Vec<(Name, Attr)> {
    bindings.sort_by_key(|(one, _)| *one);
    let mut bindings = bindings.into_iter().peekable();
    let mut attributes = Vec::with_capacity(bindings.len());
    while let Some((name, first)) = bindings.next() {
        let binding = Some(first.at.clone());
        let mut alike = vec![first];
        while let Some((_, other)) = bindings.next_if(|(other, _)| *other == name) {
            alike.push(other);
        }
        let value = value_of(alike, scope);
        attributes.push((name, Attr { value, binding }));
    }
    attributes
}

/// The value that bindings with the same first name make together.
fn value_of(bindings: Vec<Binding>, scope: &Env) -> Thunk {
    if let [Binding { rest, value, .. }] = bindings.as_slice()
        && rest.is_empty()
    {
        return Thunk::expr(*value, scope);
    }
    let scope = scope.clone();
    Thunk::native(move |ev| ev.merged(bindings, &scope))
}

impl Evaluator {
    /// `a.b = 1; a.c = 2; a = { d = 3; };` as one set.
    fn merged(&self, bindings: Vec<Binding>, scope: &Env) -> Value {
        let mut nested = Vec::new();
        let mut attrs = Attrs::default();
        let at = bindings[0].at.clone();
        for mut binding in bindings {
            if binding.rest.is_empty() {
                // Nix merges only set literals; anything else is its error, not ours to judge.
                let value = self.eval(binding.value, scope);
                if let Kind::Attrs(literal) = &value.kind {
                    attrs
                        .map
                        .extend(literal.map.iter().map(|(name, attr)| (*name, attr.clone())));
                    attrs.literals.extend(literal.literals.iter().cloned());
                    attrs.rest = attrs.rest.or_else(|| literal.rest.clone());
                }
                continue;
            }
            let first = binding.rest.remove(0);
            match self.attr_name(&first, scope) {
                Some(name) => nested.push((name, binding)),
                None => {
                    attrs.rest = Some(
                        Value::unknown("an attribute's name is not known").at(binding.at.origin),
                    )
                }
            }
        }
        attrs.map.extend(by_name(nested, scope));
        Value::of(Kind::Attrs(Rc::new(attrs))).at(at.origin)
    }
}
