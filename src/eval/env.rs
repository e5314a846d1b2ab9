//! Scopes: which name means what at a place in a file.

use std::cell::OnceCell;
use std::rc::Rc;

use super::value::{Name, NameMap, Thunk};
use crate::expr::Exprs;
use crate::tree::File;

/// The scope of an expression: a chain of frames, innermost first. Cloning is cheap.
#[derive(Clone)]
pub struct Env(Rc<Frame>);

struct Frame {
    scope: Scope,
    outer: Option<Env>,
    file: Rc<File>,
}

enum Scope {
    /// The file's top: no names but the builtins.
    File,
    /// `let`, `rec` or a function's parameters; filled once, after the thunks that refer to it are made.
    Names {
        of: NamesOf,
        names: OnceCell<NameMap<Thunk>>,
    },
    /// `with set;`
    With(Thunk),
}

/// What binds the names of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesOf {
    /// `let` and `rec`.
    Bindings,
    /// A function's formals and at-name.
    Parameters,
}

impl Env {
    /// The scope at the top of a file.
    pub fn top(file: Rc<File>) -> Env {
        Env(Rc::new(Frame {
            scope: Scope::File,
            outer: None,
            file,
        }))
    }

    /// A scope inside this one whose names are given by `fill`, which sees the new scope.
    pub fn bind(&self, of: NamesOf, fill: impl FnOnce(&Env) -> NameMap<Thunk>) -> Env {
        let scope = Scope::Names {
            of,
            names: OnceCell::new(),
        };
        let env = Env(Rc::new(Frame {
            scope,
            outer: Some(self.clone()),
            file: self.0.file.clone(),
        }));
        let filled = fill(&env);
        if let Scope::Names { names, .. } = &env.0.scope {
            let fresh = names.set(filled).is_ok();
            debug_assert!(fresh, "a frame is filled once");
        }
        env
    }

    /// A scope inside this one with the attributes of `set`.
    pub fn with(&self, set: Thunk) -> Env {
        Env(Rc::new(Frame {
            scope: Scope::With(set),
            outer: Some(self.clone()),
            file: self.0.file.clone(),
        }))
    }

    /// The file this scope is in.
    pub fn file(&self) -> &Rc<File> {
        &self.0.file
    }

    /// The expressions of that file.
    pub fn exprs(&self) -> &Exprs {
        self.file().exprs().expect("only expressions have a scope")
    }

    /// What a `let`, `rec` or parameter binds `name` to. `with` never hides these.
    pub fn lexical(&self, name: impl Into<Name>) -> Option<Thunk> {
        let name = name.into();
        self.names().find_map(|(_, names)| names.at(name).cloned())
    }

    /// The same as [`Env::lexical`], if nothing on the way to the binding is still being filled.
    pub fn settled(&self, name: Name) -> Option<Thunk> {
        for frame in self.frames() {
            if let Scope::Names { names, .. } = &frame.scope
                && let Some(thunk) = names.get()?.at(name)
            {
                return Some(thunk.clone());
            }
        }
        None
    }

    /// The sets of the enclosing `with`s, innermost first.
    pub fn withs(&self) -> impl Iterator<Item = &Thunk> {
        self.frames().filter_map(|frame| match &frame.scope {
            Scope::With(set) => Some(set),
            _ => None,
        })
    }

    /// The names of each enclosing `let`, `rec` and function, innermost first.
    pub fn names(&self) -> impl Iterator<Item = (NamesOf, &NameMap<Thunk>)> {
        self.frames().filter_map(|frame| match &frame.scope {
            Scope::Names { of, names } => names.get().map(|names| (*of, names)),
            _ => None,
        })
    }

    fn frames(&self) -> impl Iterator<Item = &Frame> {
        std::iter::successors(Some(&*self.0), |frame| {
            frame.outer.as_ref().map(|outer| &*outer.0)
        })
    }
}
