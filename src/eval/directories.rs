//! The directories that functions are given which are not followed: such a one may list all that is below.

use std::mem::take;

use rnix::ast::BinOpKind;

use super::env::Env;
use super::value::{State, Thunk, Value};
use super::{Evaluator, ListingDepth};
use crate::expr::{Expr, ExprId};
use crate::tree::EntryKind;

impl Evaluator {
    /// Notes each path that an argument is, or has in its set or list: a directory there may be listed.
    /// The whole repository is given to what builds or checks it, which imports nothing that it finds.
    pub(super) fn note_given(&self, argument: &Thunk) {
        match &*argument.0.borrow() {
            State::Done(value) => self.note_directory(value),
            State::Expr(id, env) => {
                let exprs = env.exprs();
                match &exprs[exprs.unwrap_parens(*id)] {
                    Expr::AttrSet(set) => {
                        let bindings = exprs.bindings(set.bindings).iter();
                        bindings.for_each(|one| self.note_path(one.value, env));
                    }
                    Expr::List(items) => {
                        let items = exprs.items(*items).iter();
                        items.for_each(|item| self.note_path(*item, env));
                    }
                    _ => self.note_path(*id, env),
                }
            }
            _ => {}
        }
    }

    fn note_path(&self, id: ExprId, env: &Env) {
        let id = env.exprs().unwrap_parens(id);
        if may_be_path(id, env) {
            self.given.borrow_mut().push(Thunk::expr(id, env));
        }
    }

    /// Looks at these paths, which are not computed in the middle of the evaluation, before it gets to them by itself.
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

/// Whether it may be a path: `./a`, `./${a}`, `"${a}/b"`, `a + "/b"`.
fn may_be_path(id: ExprId, env: &Env) -> bool {
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
