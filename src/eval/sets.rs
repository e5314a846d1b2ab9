//! Attribute sets, `rec` and `let`: attrpaths, `inherit`, and the merging of nested bindings.

use std::collections::BTreeMap;
use std::rc::Rc;

use rnix::ast::{self, HasEntry};
use rowan::ast::AstNode;

use super::env::{Env, NamesOf};
use super::value::{Attr, Attrs, Kind, Name, Origin, Site, Thunk, Value};
use super::{Evaluator, origin_of};

/// A binding below some attribute: what is left of its attrpath, its value, and where it stands.
#[derive(Clone)]
struct Binding {
    rest: Vec<ast::Attr>,
    value: ast::Expr,
    at: Site,
}

impl Evaluator {
    pub(super) fn attr_set(&self, set: &ast::AttrSet, env: &Env, origin: Origin) -> Value {
        let scope = if set.rec_token().is_some() {
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
    pub(super) fn recursive_scope(&self, entries: &impl HasEntry, outer: &Env) -> Env {
        outer.bind(NamesOf::Bindings, |inner| {
            let (map, _) = self.bindings(entries, outer, inner);
            map.into_iter()
                .map(|(name, attr)| (name, attr.value))
                .collect()
        })
    }

    /// The attributes that `entries` bind: values see `scope`, a plain `inherit` sees `outer`.
    fn bindings(
        &self,
        entries: &impl HasEntry,
        outer: &Env,
        scope: &Env,
    ) -> (BTreeMap<Name, Attr>, Option<Value>) {
        let mut map = BTreeMap::new();
        let mut nested: BTreeMap<Name, Vec<Binding>> = BTreeMap::new();
        let mut rest = None;
        for entry in entries.entries() {
            match entry {
                ast::Entry::Inherit(inherit) => self.inherit(&inherit, outer, scope, &mut map),
                ast::Entry::AttrpathValue(binding) => match self.head(&binding, scope) {
                    Some((name, binding)) => nested.entry(name).or_default().push(binding),
                    None => {
                        rest = Some(
                            Value::unknown("an attribute's name is not known")
                                .at(origin_of(&binding, scope)),
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
        inherit: &ast::Inherit,
        outer: &Env,
        scope: &Env,
        map: &mut BTreeMap<Name, Attr>,
    ) {
        let from = inherit
            .from()
            .and_then(|from| from.expr())
            .map(|set| Thunk::expr(set, scope));
        for attr in inherit.attrs() {
            let Some(name) = self.attr_name(&attr, outer) else {
                continue;
            };
            let value = match (&from, &attr) {
                (Some(set), _) => Thunk::select(set, name.clone()),
                (None, ast::Attr::Ident(ident)) => Thunk::expr(ident.clone().into(), outer),
                (None, ast::Attr::Str(_) | ast::Attr::Dynamic(_)) => continue,
            };
            map.insert(
                name,
                Attr {
                    value,
                    binding: Some(site_of(&attr, outer)),
                },
            );
        }
    }

    /// The first name of a binding's attrpath, and the binding below it.
    fn head(&self, binding: &ast::AttrpathValue, scope: &Env) -> Option<(Name, Binding)> {
        let mut attrs = binding.attrpath()?.attrs();
        let name = self.attr_name(&attrs.next()?, scope)?;
        Some((
            name,
            Binding {
                rest: attrs.collect(),
                value: binding.value()?,
                at: site_of(binding, scope),
            },
        ))
    }

    /// The name an attribute stands for; `None` if it is computed from something unknown.
    pub(super) fn attr_name(&self, attr: &ast::Attr, env: &Env) -> Option<Name> {
        match attr {
            ast::Attr::Ident(ident) => Some(ident.to_string().into()),
            ast::Attr::Str(text) => self.string(text, env).as_text(),
            ast::Attr::Dynamic(dynamic) => self.eval(&dynamic.expr()?, env).as_text(),
        }
    }
}

/// Where `node` stands, and the names in scope there.
fn site_of(node: &impl AstNode<Language = rnix::NixLanguage>, env: &Env) -> Site {
    Site {
        origin: origin_of(node, env),
        env: env.clone(),
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
