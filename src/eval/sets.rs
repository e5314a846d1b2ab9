//! Attribute sets, `rec` and `let`: attrpaths, `inherit`, and the merging of nested bindings.

use std::rc::Rc;

use smallvec::smallvec;

use super::env::{Env, NamesOf};
use super::value::{Attr, Attrs, Kind, Name, NameMap, Origin, Site, Thunk, Value};
use super::{Evaluator, origin_at};
use crate::expr::{AttrName, Binding, Bindings, Inherit, Run, Span};

/// How much of a computed name is made in a step: all steps of an evaluation make 32 MiB.
const NAME_BYTES_PER_STEP: u64 = 8;

/// Bindings of one set whose paths begin alike, and what they make below that beginning.
pub(super) struct Nested {
    members: Members,
    /// How many names of their paths are behind.
    depth: usize,
    scope: Env,
}

/// Some bindings of a file.
#[derive(Clone)]
enum Members {
    /// They stand side by side.
    Run(Run<Binding>),
    /// Which ones they are, where a computed name is among theirs.
    Listed(Rc<[usize]>),
}

impl Members {
    fn indices(&self) -> impl Iterator<Item = usize> {
        let (side_by_side, listed) = match self {
            Members::Run(run) => (run.indices(), &[][..]),
            Members::Listed(indices) => (0..0, &**indices),
        };
        side_by_side.chain(listed.iter().copied())
    }
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
            rest: rest.map(Box::new),
            literals: smallvec![Site {
                span: origin.span,
                env: scope,
            }],
        })))
        .at(origin)
    }

    /// The scope that the bindings of a `let` or `rec` see, and the body of the `let`.
    pub(super) fn recursive_scope(&self, bindings: &Bindings, outer: &Env) -> Env {
        outer.bind(NamesOf::Bindings, |inner| {
            let (map, _) = self.bindings(bindings, outer, inner);
            let values = map.into_iter().map(|(name, attr)| (name, attr.value));
            NameMap::of_sorted(values.collect())
        })
    }

    /// The attributes that a set binds: values see `scope`, a plain `inherit` sees `outer`.
    fn bindings(&self, set: &Bindings, outer: &Env, scope: &Env) -> (NameMap<Attr>, Option<Value>) {
        let all = Nested {
            members: Members::Run(set.bindings),
            depth: 0,
            scope: scope.clone(),
        };
        let (bound, rest) = self.below(&all);
        if set.inherits.is_empty() {
            return (bound, rest);
        }
        let inherited = set.inherits.iter().map(|inherit| inherit.attrs.len());
        let mut map = Vec::with_capacity(inherited.sum::<usize>() + bound.len());
        for inherit in &set.inherits {
            self.inherit(inherit, outer, scope, &mut map);
        }
        map.extend(bound);
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

    /// The attributes that bindings make below the beginning of their paths, and what stands for those whose names are not
    /// known. A binding that ends there makes none.
    fn below(&self, nested: &Nested) -> (NameMap<Attr>, Option<Value>) {
        let Members::Run(run) = nested.members else {
            return self.below_computed(nested);
        };
        let exprs = nested.scope.exprs();
        let all = exprs.bindings(run);
        let name = |index: usize| exprs.names(all[index].path).get(nested.depth);
        let mut attributes = Vec::with_capacity(all.len());
        let mut from = 0;
        while from < all.len() {
            match name(from) {
                None => from += 1,
                // It may be the name of what stands before.
                Some(AttrName::Computed(..)) => return self.below_computed(nested),
                Some(AttrName::Written(first, _)) => {
                    let is_other = |index: &usize| !matches!(name(*index), Some(AttrName::Written(next, _)) if next == first);
                    let to = (from + 1..all.len()).find(is_other).unwrap_or(all.len());
                    let members = Members::Run(run.part(from, to));
                    attributes.push((*first, nested.attribute(members)));
                    from = to;
                }
            }
        }
        (NameMap::of_sorted(attributes), None)
    }

    /// The same, where some names are computed.
    fn below_computed(&self, nested: &Nested) -> (NameMap<Attr>, Option<Value>) {
        let exprs = nested.scope.exprs();
        let (mut named, mut rest) = (Vec::new(), None);
        for index in nested.members.indices() {
            let binding = exprs.binding(index);
            let Some(name) = exprs.names(binding.path).get(nested.depth) else {
                continue;
            };
            match self.attr_name(name, &nested.scope) {
                Some(name) => named.push((name, index)),
                None => {
                    let why = Value::unknown("an attribute's name is not known");
                    rest = Some(why.at(origin_at(binding.span, &nested.scope)));
                }
            }
        }
        named.sort_by_key(|(name, _)| *name);
        let alike = named.chunk_by(|(one, _), (other, _)| one == other);
        let attributes = alike.map(|alike| {
            let members = alike.iter().map(|(_, index)| *index).collect();
            (alike[0].0, nested.attribute(Members::Listed(members)))
        });
        (NameMap::of_sorted(attributes.collect()), rest)
    }

    /// `a.b = 1; a.c = 2; a = { d = 3; };` as one set.
    pub(super) fn merged(&self, nested: &Nested) -> Value {
        let exprs = nested.scope.exprs();
        let mut attrs = Attrs::default();
        for index in nested.members.indices() {
            let binding = exprs.binding(index);
            if exprs.names(binding.path).len() > nested.depth {
                continue;
            }
            // Nix merges only set literals; anything else is its error, not ours to judge.
            let value = self.eval(binding.value, &nested.scope);
            if let Kind::Attrs(literal) = &value.kind {
                let further = literal.map.iter();
                attrs
                    .map
                    .extend(further.map(|(name, attr)| (*name, attr.clone())));
                attrs.literals.extend(literal.literals.iter().cloned());
                attrs.rest = attrs.rest.or_else(|| literal.rest.clone());
            }
        }
        let (below, rest) = self.below(nested);
        if attrs.map.is_empty() {
            attrs.map = below;
        } else {
            attrs.map.extend(below);
        }
        attrs.rest = rest.map(Box::new).or(attrs.rest);
        Value::of(Kind::Attrs(Rc::new(attrs))).at(nested.first().origin())
    }

    /// The name an attribute stands for; `None` if it is computed from something unknown.
    pub(super) fn attr_name(&self, attr: &AttrName, env: &Env) -> Option<Name> {
        match attr {
            AttrName::Written(name, _) => Some(*name),
            AttrName::Computed(expr, _) => {
                let text = self.eval(*expr, env).as_text()?;
                Some(self.name_of(&text))
            }
        }
    }

    /// The name that a computed text is. It is kept as long as the program runs, so it takes steps by its length.
    pub(super) fn name_of(&self, text: &str) -> Name {
        self.spend(text.len() as u64 / NAME_BYTES_PER_STEP);
        Name::from(text)
    }
}

impl Nested {
    /// The attribute that some of these bindings make together, whose next name is the same.
    fn attribute(&self, members: Members) -> Attr {
        let nested = Nested {
            members,
            depth: self.depth + 1,
            scope: self.scope.clone(),
        };
        let binding = Some(nested.first());
        let exprs = self.scope.exprs();
        let (first, second) = {
            let mut indices = nested.members.indices();
            (indices.next(), indices.next())
        };
        let value = match (first, second) {
            (Some(only), None) if exprs.names(exprs.binding(only).path).len() == nested.depth => {
                Thunk::expr(exprs.binding(only).value, &self.scope)
            }
            _ => Thunk::nested(nested),
        };
        Attr { value, binding }
    }

    /// Where the first of them in the text stands.
    fn first(&self) -> Site {
        let exprs = self.scope.exprs();
        let spans = self.members.indices();
        let spans = spans.map(|index| exprs.binding(index).span);
        let first = spans.min_by_key(|span| span.range().start);
        site_at(first.expect("some binding makes it"), &self.scope)
    }
}

/// A place in the file of `env`, and the names in scope there.
fn site_at(span: Span, env: &Env) -> Site {
    Site {
        span,
        env: env.clone(),
    }
}
