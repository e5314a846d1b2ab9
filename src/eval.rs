//! A small lazy evaluator that remembers where every value was written.
//!
//! It is no Nix: it exists to find where things are written. What it does not understand is `Unknown` with a reason, and
//! evaluation goes on around it. It reads files through the [`Tree`] only, so nothing of the repository is executed, and
//! limits of fuel and depth turn a runaway evaluation into an unknown.

mod builtins;
mod directories;
pub mod env;
mod files;
mod frameworks;
mod functions;
mod inputs;
mod letters;
mod library;
mod names;
mod nixpkgs;
mod operators;
mod regex;
mod select;
mod sets;
mod shared;
mod strings;
pub mod value;

#[cfg(test)]
mod tests;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use self::env::Env;
use self::library::Library;
use self::shared::Shared;
use self::value::{Kind, List, LiteralList, Name, Origin, Part, Site, State, Thunk, Value};
use crate::expr::{Expr, ExprId, Span};
use crate::path::RepoPath;
use crate::tree::{File, Tree};

pub use self::frameworks::Framework;
pub use self::functions::ClosedCall;
pub use self::inputs::{InputKind, Inputs};
pub(crate) use self::operators::concat;

/// Steps after which an evaluation gives up. The largest real configuration seen needs about an eighth; a definition
/// that doubles itself without end would need more of any number, and has to be done with in a second or two.
pub const FUEL: u64 = 4_000_000;
/// Nested evaluations after which one gives up; the stack is made for more.
const DEPTH: u32 = 4_000;
/// What it costs to be nested too deeply, in steps. No real configuration is; a thousand times is a definition that uses
/// itself without end, and one that does so twice would come back to the limit until all steps are used up.
const TOO_DEEP: u64 = FUEL / 1_000;

/// How deep a function that lists a directory looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListingDepth {
    /// The names in the directory itself.
    Names,
    /// Every file below it.
    Everything,
}

/// Evaluates the files of one tree. Everything it learns about a file is kept, so one evaluator serves a whole pass.
pub struct Evaluator {
    tree: Tree,
    inputs: RefCell<Inputs>,
    imports: RefCell<FxHashMap<RepoPath, Thunk>>,
    module_files: RefCell<FxHashMap<RepoPath, RepoPath>>,
    library: RefCell<Library>,
    builtins: OnceCell<Value>,
    frameworks: RefCell<FxHashMap<Name, Thunk>>,
    closed_calls: RefCell<Vec<ClosedCall>>,
    listed: RefCell<BTreeMap<RepoPath, ListingDepth>>,
    given: RefCell<Vec<Thunk>>,
    unseen: RefCell<Vec<Value>>,
    input_options: RefCell<Vec<Thunk>>,
    copied: RefCell<BTreeSet<RepoPath>>,
    fuel: Cell<u64>,
    depth: Cell<u32>,
    circles: Cell<u64>,
    shared: Shared,
}

impl Evaluator {
    /// An evaluator over the files of `tree`.
    pub fn new(tree: Tree) -> Evaluator {
        Evaluator {
            tree,
            inputs: RefCell::default(),
            imports: RefCell::default(),
            module_files: RefCell::default(),
            library: RefCell::default(),
            builtins: OnceCell::new(),
            frameworks: RefCell::default(),
            closed_calls: RefCell::default(),
            listed: RefCell::default(),
            given: RefCell::default(),
            unseen: RefCell::default(),
            input_options: RefCell::default(),
            copied: RefCell::default(),
            fuel: Cell::new(FUEL),
            depth: Cell::new(0),
            circles: Cell::new(0),
            shared: Shared::default(),
        }
    }

    /// The files it evaluates.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The directories that were listed, or may be by what is not followed, each with the depth.
    pub fn listed(&self) -> BTreeMap<RepoPath, ListingDepth> {
        self.note_all_given();
        self.listed.borrow().clone()
    }

    fn note_listing(&self, directory: &RepoPath, depth: ListingDepth) {
        let mut listed = self.listed.borrow_mut();
        let noted = listed.entry(directory.clone()).or_insert(depth);
        *noted = depth.max(*noted);
    }

    /// The directories and files that Nix copies to the store by themselves, and that something was imported from: what is
    /// in there cannot name what is not.
    pub fn copied(&self) -> BTreeSet<RepoPath> {
        self.copied.borrow().clone()
    }

    /// The path that `value` is for `import` and the module system.
    pub fn path_to_import(&self, value: &Value) -> Option<RepoPath> {
        let path = value.as_path()?;
        if let Some(copied) = value.copied() {
            self.copied.borrow_mut().insert(copied.clone());
        }
        Some(path)
    }

    /// The modules of frameworks that could not be looked into, in the order in which they were met.
    pub fn unseen(&self) -> Vec<Value> {
        self.unseen.borrow().clone()
    }

    /// What the modules of the flake say of its inputs, for each evaluation of such modules.
    pub fn input_options(&self) -> Vec<Thunk> {
        self.input_options.borrow().clone()
    }

    fn note_unseen(&self, module: &Value) {
        self.unseen.borrow_mut().push(module.clone());
    }

    /// The value of a thunk, computed once. A thunk that needs itself is unknown.
    pub fn force(&self, thunk: &Thunk) -> Value {
        match &*thunk.0.borrow() {
            State::Done(value) => return value.clone(),
            State::Forcing => {
                self.note_circle();
                return self.bounded(|| Value::unknown("it depends on itself"));
            }
            _ => {}
        }
        let state = thunk.0.replace(State::Forcing);
        let value = self.bounded(|| match state {
            State::Done(value) => value,
            State::Forcing => unreachable!("this was looked at just now"),
            State::Expr(expr, env) => self.eval(expr, &env),
            State::Apply(function, argument) => self.apply(&self.force(&function), &argument),
            State::Nested(nested) => self.merged(&nested),
            State::Select(set, name) => self.select(&self.force(&set), name),
            State::Native(compute) => compute(self),
        });
        *thunk.0.borrow_mut() = State::Done(value.clone());
        value
    }

    /// What `find` finds, and whether it would find the same at any other time: in the midst of an evaluation, a value that is
    /// being made cannot be seen by what needs it.
    pub fn lasting<T>(&self, find: impl FnOnce() -> T) -> (T, bool) {
        let circles = self.circles.get();
        let found = find();
        (found, self.circles.get() == circles)
    }

    /// Notes that something was met that needs itself.
    pub fn note_circle(&self) {
        self.circles.set(self.circles.get() + 1);
    }

    /// Whether it has given up: what it is asked from now on it does not know.
    pub fn is_exhausted(&self) -> bool {
        self.fuel.get() == 0
    }

    fn spend(&self, steps: u64) {
        self.fuel.set(self.fuel.get().saturating_sub(steps));
    }

    /// Runs one step of the evaluation, or gives up where it has become too deep or too long.
    fn bounded(&self, step: impl FnOnce() -> Value) -> Value {
        if self.depth.get() >= DEPTH {
            self.spend(TOO_DEEP);
            return Value::unknown("the evaluation is nested too deeply");
        }
        if self.is_exhausted() {
            return Value::unknown("the evaluation takes too long");
        }
        self.fuel.set(self.fuel.get() - 1);
        self.depth.set(self.depth.get() + 1);
        let value = step();
        self.depth.set(self.depth.get() - 1);
        value
    }

    /// The value of the expression `id` of the file of `env`, to weak head normal form.
    pub fn eval(&self, id: ExprId, env: &Env) -> Value {
        self.bounded(|| self.eval_step(id, env))
    }

    fn eval_step(&self, id: ExprId, env: &Env) -> Value {
        let here = || origin_of(id, env);
        match &env.exprs()[id] {
            Expr::Ident(name) => self
                .variable(*name, env)
                .unwrap_or_else(|value| unresolved(value.at(here()))),
            Expr::Int(number) => Value::of(Kind::Int(*number)).at(here()),
            Expr::Float(number) => Value::of(Kind::Float(*number)).at(here()),
            Expr::Overflow => Value::unknown("the number is too large").at(here()),
            Expr::Uri => Value::text(here().text()).at(here()),
            Expr::Plain => plain(here()),
            Expr::Str(string) => self.string(string, id, env).at(here()),
            Expr::PathRel(parts) => self.path(env.exprs().parts(*parts), env).at(here()),
            Expr::PathAbs(_) | Expr::PathElsewhere(_) => {
                let origin = here();
                let why = format!("the path `{}` is outside the repository", origin.text());
                Value::unknown(why).at(origin)
            }
            Expr::List(items) => list_literal(id, env.exprs().items(*items), env),
            Expr::AttrSet(bindings) => self.attr_set(bindings, env, here()),
            Expr::LetIn(bindings, body) => self.eval(*body, &self.recursive_scope(bindings, env)),
            Expr::With(set, body) => self.eval(*body, &env.with(Thunk::expr(*set, env))),
            Expr::Lambda(_) => Value::of(Kind::Lambda(Rc::new(value::Lambda {
                expr: id,
                env: env.clone(),
            })))
            .at(here()),
            Expr::Apply(function, argument) => {
                let argument = Thunk::expr(*argument, env);
                let value = self.apply(&self.eval(*function, env), &argument);
                or_at(value, here)
            }
            Expr::Select(select) => or_at(self.select_path(select, id, env), here),
            Expr::HasAttr(set, path) => self.has_attr(*set, *path, env).at(here()),
            Expr::IfElse(condition, then, otherwise) => match self.eval(*condition, env).kind {
                Kind::Bool(true) => self.eval(*then, env),
                Kind::Bool(false) => self.eval(*otherwise, env),
                _ => choice([self.eval(*then, env), self.eval(*otherwise, env)]).at(here()),
            },
            Expr::Binary(operator, lhs, rhs) => {
                or_at(self.binary(*operator, *lhs, *rhs, env), here)
            }
            Expr::Unary(operator, operand) => self.unary(*operator, *operand, env).at(here()),
            Expr::Assert(_, inner) | Expr::Paren(inner) => self.eval(*inner, env),
            Expr::LegacyLet(_) => Value::unknown("`let { ... }` is not followed").at(here()),
            Expr::CurPos => Value::unknown("`__curPos` is not followed").at(here()),
        }
    }

    /// The value of a file of nixfix's own.
    fn eval_own(&self, file: &Rc<File>) -> Value {
        let exprs = file.exprs().expect("nixfix's own files are Nix");
        self.eval(exprs.root(), &top(file))
    }

    /// `f` of each value that `value` may be.
    fn each(&self, value: &Value, f: impl Fn(&Value) -> Value) -> Value {
        match &value.kind {
            Kind::Choice(values) => choice(values.iter().map(f)),
            _ => f(value),
        }
    }
}

/// Where something may come from that none of the followed modules has, as the end of a sentence; it names each module once.
pub fn from_unseen(modules: &[Value]) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in modules.iter().map(Value::describe) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = names.join(", ");
    format!("may come from a module that is not followed: {names}")
}

/// More alternatives than this are not told apart any more.
const ALTERNATIVES: usize = 16;

/// One of `values`; nested choices are flattened, and what is the same twice is no choice.
fn choice(values: impl IntoIterator<Item = Value>) -> Value {
    let mut all: Vec<Value> = Vec::new();
    let mut add = |value: &Value| {
        let is_new = all.iter().all(|known| !known.is_same(value));
        if is_new && all.len() <= ALTERNATIVES {
            all.push(value.clone());
        }
    };
    for value in values {
        match &value.kind {
            Kind::Choice(inner) => inner.iter().for_each(&mut add),
            _ => add(&value),
        }
    }
    match all.as_slice() {
        [only] => only.clone(),
        _ if all.len() > ALTERNATIVES => {
            Value::unknown("it depends on too many unknown conditions")
        }
        _ => Value::of(Kind::Choice(all.into())),
    }
}

fn list_literal(id: ExprId, items: &[ExprId], env: &Env) -> Value {
    let items = items.iter().map(|item| Thunk::expr(*item, env)).collect();
    let origin = origin_of(id, env);
    let site = Site {
        span: origin.span,
        env: env.clone(),
    };
    let literal = LiteralList {
        site,
        expr: id,
        items,
    };
    let parts = vec![Part::Literal(Rc::new(literal))];
    Value::of(Kind::List(Rc::new(List::of(parts)))).at(origin)
}

/// A string that says what stands between its quotes.
fn plain(origin: Origin) -> Value {
    let quoted = origin.text();
    Value::text(&quoted[1..quoted.len() - 1]).at(origin)
}

/// Where an expression of the file of `env` stands.
fn origin_of(id: ExprId, env: &Env) -> Origin {
    Origin {
        file: env.file().clone(),
        span: env.exprs().span(id),
    }
}

/// A place in the file of `env`.
fn origin_at(span: Span, env: &Env) -> Origin {
    Origin {
        file: env.file().clone(),
        span,
    }
}

/// `value`, written at `origin` unless it was written elsewhere.
fn or_at(mut value: Value, origin: impl FnOnce() -> Origin) -> Value {
    value.origin.get_or_insert_with(origin);
    value
}

thread_local! {
    /// nixfix's own Nix files, each parsed once whatever number of trees is evaluated.
    static OWN: RefCell<FxHashMap<&'static str, Rc<File>>> = RefCell::default();
}

/// The file of nixfix's own that is called `name`.
fn own_file(name: &'static str, text: &'static str) -> Rc<File> {
    let new = || File::new(RepoPath::new(name).unwrap_or_else(RepoPath::root), text);
    OWN.with_borrow_mut(|files| files.entry(name).or_insert_with(new).clone())
}

/// Whether the file is one of nixfix's own that are evaluated along with the user's.
pub fn is_own(path: &RepoPath) -> bool {
    library::is_part(path) || frameworks::is_adapter(path)
}

/// The scope at the top of a file.
pub(crate) fn top(file: &Rc<File>) -> Env {
    Env::top(file.clone())
}

/// A name that could not be resolved, for whoever traces the evaluation.
fn unresolved(value: Value) -> Value {
    if let (true, Some(origin)) = (log::log_enabled!(log::Level::Trace), &value.origin)
        && !is_own(&origin.file.path)
    {
        log::trace!(
            "{}:{}: {}",
            origin.file.path,
            origin.line(),
            value.describe()
        );
    }
    value
}
