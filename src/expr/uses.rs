//! Which binder each name has, by the lexical rules of Nix.
//!
//! Nix looks outwards for `let`, `rec`, formals and at-names, the built-in globals being the outermost of these scopes;
//! only a name found nowhere there is looked up in the enclosing `with`s.

use std::ops::Range;

use super::{AttrName, Bindings, Expr, ExprId, Exprs, Name, Param, PathPart, Run};

/// Names that are in scope everywhere, besides the `__`-prefixed ones.
pub const GLOBALS: &[&str] = &[
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
    pub name: Name,
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

/// Every variable of a file in source order. Attribute names and names in `inherit (e) x` are none.
pub(super) fn uses(exprs: &Exprs, text: &str) -> Vec<Use> {
    let mut resolver = Resolver {
        exprs,
        text,
        frames: Vec::new(),
        left: vec![(exprs.root(), None)],
        found: Vec::new(),
    };
    // Long operations are nested deeply, so this is no recursion.
    while let Some((expr, scope)) = resolver.left.pop() {
        resolver.visit(expr, scope);
    }
    resolver.found.sort_unstable_by_key(|used| used.range.start);
    resolver.found
}

/// The innermost frame around an expression.
type Scope = Option<usize>;

struct Frame {
    binds: Binds,
    outer: Scope,
}

enum Binds {
    Names(Vec<(Name, Range<usize>)>),
    With(Range<usize>),
}

struct Resolver<'e> {
    exprs: &'e Exprs,
    text: &'e str,
    frames: Vec<Frame>,
    left: Vec<(ExprId, Scope)>,
    found: Vec<Use>,
}

impl Resolver<'_> {
    fn visit(&mut self, id: ExprId, scope: Scope) {
        let exprs = self.exprs;
        match &exprs[id] {
            Expr::Ident(name) => self.found.push(Use {
                range: exprs.range(id),
                name: *name,
                binder: self.binder(*name, scope),
            }),
            Expr::Int(_)
            | Expr::Float(_)
            | Expr::Overflow
            | Expr::Uri
            | Expr::Plain
            | Expr::CurPos => {}
            Expr::Str(string) => self.all(&string.holes, scope),
            Expr::PathRel(parts) | Expr::PathAbs(parts) | Expr::PathElsewhere(parts) => {
                for part in exprs.parts(*parts) {
                    if let PathPart::Hole(hole) = part {
                        self.left.push((*hole, scope));
                    }
                }
            }
            Expr::List(items) => self.all(exprs.items(*items), scope),
            Expr::AttrSet(set) => {
                let inner = match set.is_recursive {
                    true => self.frame(Binds::Names(self.defined(set)), scope),
                    false => scope,
                };
                self.entries(set, scope, inner);
            }
            Expr::LetIn(bindings, body) => {
                let inner = self.frame(Binds::Names(self.defined(bindings)), scope);
                self.entries(bindings, scope, inner);
                self.left.push((*body, inner));
            }
            Expr::LegacyLet(bindings) => {
                let inner = self.frame(Binds::Names(self.defined(bindings)), scope);
                self.entries(bindings, scope, inner);
            }
            Expr::With(set, body) => {
                self.left.push((*set, scope));
                let start = exprs.range(id).start;
                let inner = self.frame(Binds::With(start..start + "with".len()), scope);
                self.left.push((*body, inner));
            }
            Expr::Lambda(function) => {
                let names = self.parameters(id, &function.param);
                let inner = self.frame(Binds::Names(names), scope);
                let formals = function.param.formals().iter();
                self.left
                    .extend(formals.filter_map(|formal| Some((formal.default?, inner))));
                self.left.push((function.body, inner));
            }
            Expr::Select(select) => {
                self.left.push((select.base, scope));
                self.computed(select.path, scope);
                self.left
                    .extend(select.default.map(|default| (default, scope)));
            }
            Expr::HasAttr(set, path) => {
                self.left.push((*set, scope));
                self.computed(*path, scope);
            }
            Expr::IfElse(condition, then, otherwise) => {
                self.all(&[*condition, *then, *otherwise], scope);
            }
            Expr::Apply(one, other) | Expr::Binary(_, one, other) | Expr::Assert(one, other) => {
                self.all(&[*one, *other], scope);
            }
            Expr::Unary(_, inner) | Expr::Paren(inner) => self.left.push((*inner, scope)),
        }
    }

    fn all(&mut self, exprs: &[ExprId], scope: Scope) {
        self.left.extend(exprs.iter().map(|expr| (*expr, scope)));
    }

    fn frame(&mut self, binds: Binds, outer: Scope) -> Scope {
        self.frames.push(Frame { binds, outer });
        Some(self.frames.len() - 1)
    }

    /// Values see `inner`; the names of a plain `inherit` belong to the scope around the set.
    fn entries(&mut self, bindings: &Bindings, outer: Scope, inner: Scope) {
        for inherit in &bindings.inherits {
            let scope = match inherit.from {
                Some(_) => inner,
                None => outer,
            };
            self.left.extend(inherit.from.map(|from| (from, scope)));
            for attr in &inherit.attrs {
                match attr.name {
                    AttrName::Computed(expr, _) => self.left.push((expr, scope)),
                    AttrName::Written(name, _) if inherit.from.is_none() => self.found.push(Use {
                        range: attr.span.range(),
                        name,
                        binder: self.binder(name, scope),
                    }),
                    AttrName::Written(..) => {}
                }
            }
        }
        for binding in self.exprs.bindings(bindings.bindings) {
            self.computed(binding.path, inner);
            self.left.push((binding.value, inner));
        }
    }

    fn computed(&mut self, path: Run<AttrName>, scope: Scope) {
        for attr in self.exprs.names(path) {
            if let AttrName::Computed(expr, _) = attr {
                self.left.push((*expr, scope));
            }
        }
    }

    /// The names that a `let` or `rec` binds, in no order: all of an `inherit`, the first of an attrpath.
    fn defined(&self, bindings: &Bindings) -> Vec<(Name, Range<usize>)> {
        let inherited = bindings.inherits.iter().flat_map(|one| &one.attrs);
        let inherited = inherited.map(|attr| &attr.name);
        let bound = self.exprs.bindings(bindings.bindings).iter();
        let bound = bound.filter_map(|binding| self.exprs.names(binding.path).first());
        let name = |attr: &AttrName| match attr {
            AttrName::Written(name, _) => Some((*name, attr.range(self.text))),
            AttrName::Computed(..) => None,
        };
        inherited.chain(bound).filter_map(name).collect()
    }

    fn parameters(&self, lambda: ExprId, param: &Param) -> Vec<(Name, Range<usize>)> {
        match param {
            Param::Name(name) => {
                let start = self.exprs.range(lambda).start;
                vec![(*name, start..start + name.len())]
            }
            Param::Pattern(pattern) => {
                let formals = pattern.formals.iter();
                let formals = formals.map(|formal| (formal.name, formal.range()));
                let at_name = pattern
                    .at_name
                    .map(|name| (name, pattern.range_of(name, self.text)));
                formals.chain(at_name).collect()
            }
        }
    }

    fn binder(&self, name: Name, scope: Scope) -> Binder {
        let mut innermost_with = None;
        let mut scope = scope;
        while let Some(index) = scope {
            let frame = &self.frames[index];
            match &frame.binds {
                Binds::With(range) => {
                    innermost_with.get_or_insert(range);
                }
                Binds::Names(names) => {
                    // Defined twice, it is what the first definition says.
                    let found = names.iter().filter(|(bound, _)| *bound == name);
                    if let Some((_, range)) = found.min_by_key(|(_, range)| range.start) {
                        return Binder::Bound(range.clone());
                    }
                }
            }
            scope = frame.outer;
        }
        if is_global(&name) {
            return Binder::Builtin;
        }
        innermost_with.map_or(Binder::Free, |with| Binder::With(with.clone()))
    }
}

fn is_global(name: &str) -> bool {
    name.starts_with("__") || GLOBALS.contains(&name)
}

#[cfg(test)]
mod tests;
