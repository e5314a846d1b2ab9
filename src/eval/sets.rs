//! Attribute sets, `rec` and `let`: attrpaths, `inherit`, and the merging of nested bindings.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use rnix::ast::{self, HasEntry};

use super::env::{Env, NamesOf};
use super::layout::{AttrLayout, BindingLayout, EntryLayout, InheritLayout, SetLayout, set_layout};
use super::value::{Attr, Attrs, Kind, Name, Origin, Site, Thunk, Value};
use super::{Evaluator, name_of};

/// A binding below some attribute: what is left of its attrpath, its value, and where it stands.
#[derive(Clone)]
struct Binding {
    rest: Vec<ast::Attr>,
    value: ast::Expr,
    at: Site,
}

impl Evaluator {
    pub(super) fn attr_set(&self, set: &ast::AttrSet, env: &Env, origin: Origin) -> Value {
        let layout = set_layout(env.file(), set);
        let scope = if layout.is_recursive {
            self.recursive_scope(set, env)
        } else {
            env.clone()
        };
        let (map, rest) = self.bindings(&layout, env, &scope);
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
    pub(super) fn recursive_scope(&self, entries: &impl HasEntry, outer: &Env) -> Env {
        let layout = set_layout(outer.file(), entries);
        outer.bind(NamesOf::Bindings, |inner| {
            let (map, _) = self.bindings(&layout, outer, inner);
            map.into_iter()
                .map(|(name, attr)| (name, attr.value))
                .collect()
        })
    }

    /// The attributes that a set binds: values see `scope`, a plain `inherit` sees `outer`.
    fn bindings(
        &self,
        layout: &SetLayout,
        outer: &Env,
        scope: &Env,
    ) -> (BTreeMap<Name, Attr>, Option<Value>) {
        let mut map = BTreeMap::new();
        let mut nested: BTreeMap<Name, Vec<Binding>> = BTreeMap::new();
        let mut rest = None;
        for entry in &layout.entries {
            match entry {
                EntryLayout::Inherit(inherit) => self.inherit(inherit, outer, scope, &mut map),
                EntryLayout::Binding(binding) => match self.head(binding, scope) {
                    Some((name, binding)) => nested.entry(name).or_default().push(binding),
                    None => {
                        rest = Some(
                            Value::unknown("an attribute's name is not known")
                                .at(origin_at(&binding.range, scope)),
                        )
                    }
                },
            }
        }
        for (name, bindings) in nested {
            let binding = Some(bindings[0].at.clone());
            map.insert(
                name,
                Attr {
                    value: value_of(bindings, scope),
                    binding,
                },
            );
        }
        (map, rest)
    }

    fn inherit(
        &self,
        inherit: &InheritLayout,
        outer: &Env,
        scope: &Env,
        map: &mut BTreeMap<Name, Attr>,
    ) {
        let from = inherit.from.clone().map(|set| Thunk::expr(set, scope));
        for attr in &inherit.attrs {
            let Some(name) = self.written_name(&attr.name, outer) else {
                continue;
            };
            let value = match (&from, &attr.variable) {
                (Some(set), _) => Thunk::select(set, name.clone()),
                (None, Some(variable)) => Thunk::expr(variable.clone(), outer),
                (None, None) => continue,
            };
            map.insert(
                name,
                Attr {
                    value,
                    binding: Some(site_at(&attr.range, outer)),
                },
            );
        }
    }

    /// The first name of a binding's attrpath, and the binding below it.
    fn head(&self, binding: &BindingLayout, scope: &Env) -> Option<(Name, Binding)> {
        let name = self.written_name(binding.head.as_ref()?, scope)?;
        Some((
            name,
            Binding {
                rest: binding.rest.clone(),
                value: binding.value.clone()?,
                at: site_at(&binding.range, scope),
            },
        ))
    }

    pub(super) fn written_name(&self, attr: &AttrLayout, env: &Env) -> Option<Name> {
        match attr {
            AttrLayout::Name(name) => Some(name.clone()),
            AttrLayout::Computed(attr) => self.attr_name(attr, env),
        }
    }

    /// The name an attribute stands for; `None` if it is computed from something unknown.
    pub(super) fn attr_name(&self, attr: &ast::Attr, env: &Env) -> Option<Name> {
        match attr {
            ast::Attr::Ident(ident) => Some(name_of(ident)),
            ast::Attr::Str(text) => self.string(text, env).as_text(),
            ast::Attr::Dynamic(dynamic) => self.eval(&dynamic.expr()?, env).as_text(),
        }
    }
}

/// A place in the file of `env`, and the names in scope there.
fn site_at(range: &Range<usize>, env: &Env) -> Site {
    Site {
        origin: origin_at(range, env),
        env: env.clone(),
    }
}

fn origin_at(range: &Range<usize>, env: &Env) -> Origin {
    Origin {
        file: env.file().clone(),
        range: range.clone(),
    }
}

/// The value that bindings with the same first name make together.
fn value_of(bindings: Vec<Binding>, scope: &Env) -> Thunk {
    if let [Binding { rest, value, .. }] = bindings.as_slice()
        && rest.is_empty()
    {
        return Thunk::expr(value.clone(), scope);
    }
    let scope = scope.clone();
    Thunk::native(move |ev| ev.merged(bindings, &scope))
}

impl Evaluator {
    /// `a.b = 1; a.c = 2; a = { d = 3; };` as one set.
    fn merged(&self, bindings: Vec<Binding>, scope: &Env) -> Value {
        let mut nested: BTreeMap<Name, Vec<Binding>> = BTreeMap::new();
        let mut attrs = Attrs::default();
        let at = bindings[0].at.clone();
        for mut binding in bindings {
            if binding.rest.is_empty() {
                // Nix merges only set literals; anything else is its error, not ours to judge.
                let value = self.eval(&binding.value, scope);
                if let Kind::Attrs(literal) = &value.kind {
                    attrs.map.extend(
                        literal
                            .map
                            .iter()
                            .map(|(name, attr)| (name.clone(), attr.clone())),
                    );
                    attrs.literals.extend(literal.literals.iter().cloned());
                    attrs.rest = attrs.rest.or_else(|| literal.rest.clone());
                }
                continue;
            }
            let first = binding.rest.remove(0);
            match self.attr_name(&first, scope) {
                Some(name) => nested.entry(name).or_default().push(binding),
                None => {
                    attrs.rest = Some(
                        Value::unknown("an attribute's name is not known").at(binding.at.origin),
                    )
                }
            }
        }
        for (name, bindings) in nested {
            let binding = Some(bindings[0].at.clone());
            attrs.map.insert(
                name,
                Attr {
                    value: value_of(bindings, scope),
                    binding,
                },
            );
        }
        Value::of(Kind::Attrs(Rc::new(attrs))).at(at.origin)
    }
}
