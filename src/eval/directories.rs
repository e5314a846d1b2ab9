//! The directories that functions are given which are not followed: such a one may list all that is below.

use std::mem::take;

use rnix::ast::BinOpKind;

use super::env::Env;
use super::value::{State, Thunk, Value};
use super::{Evaluator, ListingDepth};
use crate::expr::{Expr, ExprId, PathPart};
use crate::tree::EntryKind;

impl Evaluator {
    /// Notes each directory that an argument is, or has in its set or list, as one that may be listed.
    /// The whole repository is given to what builds or checks it, which imports nothing that it finds.
    pub(super) fn note_given(&self, argument: &Thunk) {
        match &*argument.0.borrow() {
            State::Done(value) => self.note_directory(value),
            State::Expr(id, env) => {
                let exprs = env.exprs();
                let id = exprs.unwrap_parens(*id);
                match &exprs[id] {
                    Expr::AttrSet(set) => {
                        let values = exprs.bindings(set.bindings).iter().map(|one| one.value);
                        values.for_each(|value| self.note_part(value, env));
                    }
                    Expr::List(items) => {
                        let items = exprs.items(*items).iter();
                        items.for_each(|item| self.note_part(*item, env));
                    }
                    _ if is_literal_path(id, env) => self.note_directory(&self.eval(id, env)),
                    _ if is_put_together(id, env) => {
                        self.given.borrow_mut().push(argument.clone());
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn note_part(&self, id: ExprId, env: &Env) {
        let id = env.exprs().unwrap_parens(id);
        if is_literal_path(id, env) {
            self.note_directory(&self.eval(id, env));
        } else if is_put_together(id, env) {
            self.given.borrow_mut().push(Thunk::expr(id, env));
        }
    }

    /// Looks at what was put off: a path that is put together is not computed before the evaluation gets to it by itself.
    pub(super) fn note_all_given(&self) {
        loop {
            let given = take(&mut *self.given.borrow_mut());
            if given.is_empty() {
                return;
            }
            for argument in given {
                self.note_directory(&self.force(&argument));
            }
        }
    }

    /// Looks at the attributes of a set that are calls, which may list directories; what `import` gives is left alone.
    pub fn look_at_calls(&self, set: &Value) {
        let Some(attrs) = set.as_attrs() else {
            return;
        };
        let calls = attrs.map.values().filter(|attr| is_call(&attr.value));
        for attr in calls {
            self.force(&attr.value);
        }
    }

    fn note_directory(&self, value: &Value) {
        if let Some(path) = value.as_path()
            && !path.is_root()
            && self.tree().kind(&path) == Some(EntryKind::Directory)
        {
            self.note_listing(&path, ListingDepth::Everything);
        }
    }
}

/// Whether it is a call that was not evaluated yet, of anything but `import`.
fn is_call(thunk: &Thunk) -> bool {
    let State::Expr(id, env) = &*thunk.0.borrow() else {
        return false;
    };
    let exprs = env.exprs();
    match &exprs[exprs.unwrap_parens(*id)] {
        Expr::Apply(function, _) => {
            !matches!(&exprs[*function], Expr::Ident(name) if &**name == "import")
        }
        _ => false,
    }
}

/// Whether it is a path without a `${...}`.
fn is_literal_path(id: ExprId, env: &Env) -> bool {
    let exprs = env.exprs();
    match &exprs[id] {
        Expr::PathRel(parts) => matches!(exprs.parts(*parts), [PathPart::Known(_)]),
        _ => false,
    }
}

/// Whether it may be a path that is put together: `./${a}`, `"${a}/b"`, `a + "/b"`.
fn is_put_together(id: ExprId, env: &Env) -> bool {
    let exprs = env.exprs();
    match &exprs[id] {
        Expr::PathRel(_) => true,
        Expr::Str(_) => env.file().text[exprs.range(id)].starts_with("\"${"),
        Expr::Binary(BinOpKind::Add, _, rhs) => matches!(
            exprs[exprs.unwrap_parens(*rhs)],
            Expr::Plain | Expr::Str(_) | Expr::PathAbs(_)
        ),
        _ => false,
    }
}
