//! What an expression evaluates to, and where it was written.

mod text;
mod thunk;

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use smallvec::SmallVec;

use super::Evaluator;
use super::env::Env;
use crate::expr::{Expr, ExprId, Function, Span};
use crate::path::RepoPath;
use crate::tree::File;

pub use self::text::{Text, TextPart};
pub(super) use self::thunk::State;
pub use self::thunk::Thunk;
pub use crate::expr::{Name, NameMap};

/// The expression that produced a value: a range of a version of a file. Values that nobody wrote have none.
#[derive(Clone)]
pub struct Origin {
    /// The file, in the version that was evaluated.
    pub file: Rc<File>,
    /// Where in that version's text.
    pub span: Span,
}

impl Origin {
    /// Byte offsets in that version's text.
    pub fn range(&self) -> Range<usize> {
        self.span.range()
    }

    /// The source text.
    pub fn text(&self) -> &str {
        &self.file.text[self.range()]
    }

    /// The 1-based line where it starts.
    pub fn line(&self) -> usize {
        self.file.line(self.range().start)
    }

    /// What identifies the place: the file's path and the range.
    pub fn key(&self) -> (RepoPath, usize, usize) {
        let Range { start, end } = self.range();
        (self.file.path.clone(), start, end)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.path, self.line())
    }
}

/// A value with its origin. Cloning is cheap.
#[derive(Clone)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it was written.
    pub origin: Option<Origin>,
}

/// The kinds of values. Nothing is ever guessed: what is not understood is `Unknown`.
#[derive(Clone)]
pub enum Kind {
    /// `null`
    Null,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string, possibly with unknown parts.
    Text(Rc<Text>),
    /// A path inside the repository.
    Path(RepoPath),
    /// A list, possibly with unknown stretches.
    List(Rc<List>),
    /// An attribute set, possibly with unknown further attributes.
    Attrs(Rc<Attrs>),
    /// A function the user wrote.
    Lambda(Rc<Lambda>),
    /// A builtin or `lib` function that nixfix knows, perhaps with its first arguments.
    Primop(Rc<Primop>),
    /// Something that stays a name: an input, a module argument, and what is selected from it.
    Symbol(Rc<Symbol>),
    /// An opaque function applied to an argument.
    Call(Rc<Call>),
    /// A nixpkgs package set.
    Pkgs(Rc<Pkgs>),
    /// One of several values; which one depends on something unknown.
    Choice(Rc<[Value]>),
    /// Not understood, with the reason.
    Unknown(Rc<str>),
}

/// A list as the parts it was put together from.
#[derive(Clone, Default)]
pub struct List {
    /// The parts in order.
    pub parts: Vec<Part>,
    /// The sets whose values, all of them, are among the items: places where an attribute adds an item.
    pub sets: Vec<Rc<Attrs>>,
}

/// A part of a list.
#[derive(Clone)]
pub enum Part {
    /// The items of one list literal: a place where an item can be added.
    Literal(Rc<LiteralList>),
    /// An item that some function made.
    Item(Thunk),
    /// A stretch of unknown length: the value that should be a list and is not known to be.
    Stretch(Value),
}

impl Part {
    /// Its items; for what is not known, one that stands for any number of them.
    pub fn into_items(self) -> Vec<Thunk> {
        match self {
            Part::Literal(literal) => literal.items.clone(),
            Part::Item(item) => vec![item],
            Part::Stretch(value) => vec![Thunk::done(value)],
        }
    }
}

/// A place where something was written, with the names in scope there.
#[derive(Clone)]
pub struct Site {
    /// Where in the file of its scope.
    pub span: Span,
    /// The scope of the expressions that stand there.
    pub env: Env,
}

impl Site {
    /// The place.
    pub fn origin(&self) -> Origin {
        Origin {
            file: self.file().clone(),
            span: self.span,
        }
    }

    /// The file, in the version that was evaluated.
    pub fn file(&self) -> &Rc<File> {
        self.env.file()
    }

    /// Byte offsets in that version's text.
    pub fn range(&self) -> Range<usize> {
        self.span.range()
    }
}

/// A list literal.
pub struct LiteralList {
    /// The `[ ... ]`.
    pub site: Site,
    /// The same as an expression of its file.
    pub expr: ExprId,
    /// The items.
    pub items: Vec<Thunk>,
}

/// An attribute.
#[derive(Clone)]
pub struct Attr {
    /// Its value.
    pub value: Thunk,
    /// The `name = value;` or the name in an `inherit`.
    pub binding: Option<Site>,
}

/// The attribute set literals of a set; most have one.
pub type Literals = SmallVec<[Site; 1]>;

/// An attribute set.
#[derive(Clone, Default)]
pub struct Attrs {
    /// The attributes that are known, in Nix's order.
    pub map: NameMap<Attr>,
    /// Where further attributes come from: an opaque value, asked when `map` lacks the name.
    pub rest: Option<Box<Value>>,
    /// The attribute set literals this was put together from, in order: places where a binding can be added.
    pub literals: Literals,
}

/// A function the user wrote, and its scope.
pub struct Lambda {
    /// The function as an expression of the file of its scope.
    pub expr: ExprId,
    /// The scope it closes over.
    pub env: Env,
}

/// A function nixfix knows.
pub struct Primop {
    /// Its entry in the table of builtins.
    pub function: &'static PrimopEntry,
    /// The arguments it already has.
    pub args: Vec<Thunk>,
}

/// A row of the table of known functions.
pub struct PrimopEntry {
    /// The name in `builtins` or `lib`.
    pub name: &'static str,
    /// How many arguments it takes.
    pub arity: usize,
    /// What it does, once it has them all.
    pub run: fn(&Evaluator, &[Thunk]) -> Value,
}

/// A name that stays a name.
#[derive(Clone)]
pub struct Symbol {
    /// What the path starts from.
    pub root: Root,
    /// The attributes selected from it.
    pub path: Vec<Name>,
}

impl Root {
    fn is_same(&self, other: &Root) -> bool {
        match (self, other) {
            (Root::Input(a), Root::Input(b)) | (Root::Argument(a), Root::Argument(b)) => a == b,
            _ => false,
        }
    }
}

/// What a symbol starts from.
#[derive(Clone)]
pub enum Root {
    /// A flake input, as the flake calls it.
    Input(Name),
    /// A module argument such as `config` or `pkgs`.
    Argument(Name),
    /// The result of an opaque application.
    Call(Rc<Call>),
    /// A package of a package set.
    Pkgs(Rc<Pkgs>),
    /// The `config` of a host whose options can be read.
    Config(Rc<dyn Configuration>),
}

/// The merged options of a host, as far as they are known.
pub trait Configuration {
    /// The value of the option at `path`; `None` where it is no option or its value is not known.
    fn read(&self, ev: &Evaluator, path: &[Name]) -> Option<Value>;

    /// Whether there is an option, or a set of options, at `path`; `None` where that is not known.
    fn has(&self, ev: &Evaluator, path: &[Name]) -> Option<bool>;
}

/// An opaque function applied to an argument.
pub struct Call {
    /// A symbol, or another call.
    pub function: Value,
    /// The argument, unevaluated.
    pub argument: Thunk,
}

/// A package set: `import nixpkgs { ... }`, `nixpkgs.legacyPackages.x86_64-linux`, or one of them extended.
pub struct Pkgs {
    /// The input it is made from.
    pub input: Name,
    /// The argument of `import nixpkgs`, if there was one.
    pub arguments: Option<Thunk>,
    /// The overlays of `extend` and `appendOverlays`, in order.
    pub extended: Vec<Thunk>,
}

impl Lambda {
    /// What it takes and gives.
    pub fn function(&self) -> &Function {
        match &self.env.exprs()[self.expr] {
            Expr::Lambda(function) => function,
            other => unreachable!("a function is made of a lambda, not of {other:?}"),
        }
    }
}

impl Value {
    /// A value that nobody wrote.
    pub fn of(kind: Kind) -> Value {
        Value { kind, origin: None }
    }

    /// Not understood, for this reason.
    pub fn unknown(reason: impl Into<Rc<str>>) -> Value {
        Value::of(Kind::Unknown(reason.into()))
    }

    /// A string that is wholly known.
    pub fn text(text: impl Into<Rc<str>>) -> Value {
        Value::from(Text::of(TextPart::Known(text.into())))
    }

    /// A list of items that some function made.
    pub fn list(items: impl IntoIterator<Item = Thunk>) -> Value {
        let parts = items.into_iter().map(Part::Item).collect();
        Value::of(Kind::List(Rc::new(List::of(parts))))
    }

    /// A closed set of attributes that some function made.
    pub fn attrs(attributes: impl IntoIterator<Item = (Name, Thunk)>) -> Value {
        let attr = |(name, value)| {
            (
                name,
                Attr {
                    value,
                    binding: None,
                },
            )
        };
        let map = attributes.into_iter().map(attr).collect();
        Value::of(Kind::Attrs(Rc::new(Attrs {
            map,
            ..Attrs::default()
        })))
    }

    /// A truth value.
    pub fn bool(value: bool) -> Value {
        Value::of(Kind::Bool(value))
    }

    /// `path` selected from `root`.
    pub fn symbol(root: Root, path: Vec<Name>) -> Value {
        Value::of(Kind::Symbol(Rc::new(Symbol { root, path })))
    }

    /// The same value, written there.
    pub fn at(mut self, origin: Origin) -> Value {
        self.origin = Some(origin);
        self
    }

    /// The string, where every part of it is known.
    pub fn as_text(&self) -> Option<Rc<str>> {
        let Kind::Text(text) = &self.kind else {
            return None;
        };
        match text.parts.as_slice() {
            [] => Some(Rc::from("")),
            [TextPart::Known(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// The set, where it is one.
    pub fn as_attrs(&self) -> Option<&Rc<Attrs>> {
        match &self.kind {
            Kind::Attrs(attrs) => Some(attrs),
            _ => None,
        }
    }

    /// The truth value, where it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The flake input that it is, whole.
    pub fn as_input(&self) -> Option<Name> {
        match &self.kind {
            Kind::Symbol(symbol) => match symbol.root {
                Root::Input(input) if symbol.path.is_empty() => Some(input),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the other is this very value, so that it makes no difference which of them is meant. Two that merely look the
    /// same, but have places of their own, are not.
    pub fn is_same(&self, other: &Value) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Symbol(a), Kind::Symbol(b)) => {
                Rc::ptr_eq(a, b) || a.path == b.path && a.root.is_same(&b.root)
            }
            (Kind::Attrs(a), Kind::Attrs(b)) => Rc::ptr_eq(a, b),
            (Kind::List(a), Kind::List(b)) => Rc::ptr_eq(a, b),
            (Kind::Lambda(a), Kind::Lambda(b)) => Rc::ptr_eq(a, b),
            (Kind::Primop(a), Kind::Primop(b)) => {
                std::ptr::eq(a.function, b.function) && a.args.is_empty() && b.args.is_empty()
            }
            _ => false,
        }
    }

    /// A path, or a string that starts with a path of the repository, as Nix coerces it for `import` and modules.
    pub fn as_path(&self) -> Option<RepoPath> {
        match &self.kind {
            Kind::Path(path) => Some(path.clone()),
            Kind::Text(text) => match text.parts.as_slice() {
                [TextPart::Store(path) | TextPart::Copy(path)] => Some(path.clone()),
                [
                    TextPart::Store(path) | TextPart::Copy(path),
                    TextPart::Known(rest),
                ] if rest.starts_with('/') => path.join(rest),
                _ => None,
            },
            _ => None,
        }
    }

    /// What Nix copies to the store for this path, where it is one inside a copy.
    pub fn copied(&self) -> Option<&RepoPath> {
        match &self.kind {
            Kind::Text(text) => match text.parts.first()? {
                TextPart::Copy(path) => Some(path),
                _ => None,
            },
            _ => None,
        }
    }

    /// Unknown because this value is not known enough: its own reason where it has one, else what `say` makes of its
    /// description.
    pub fn obscures(&self, say: impl FnOnce(String) -> String) -> Value {
        match &self.kind {
            Kind::Unknown(_) => self.clone(),
            _ => Value::unknown(say(self.describe())),
        }
    }

    /// What it may be: itself, where that is not open.
    pub fn alternatives(&self) -> &[Value] {
        match &self.kind {
            Kind::Choice(values) => values,
            _ => std::slice::from_ref(self),
        }
    }

    /// A short description for messages: the reason of an unknown, the name of a symbol, the kind otherwise.
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "null".to_string(),
            Kind::Bool(_) => "a boolean".to_string(),
            Kind::Int(_) | Kind::Float(_) => "a number".to_string(),
            Kind::Text(text) => text.describe(),
            Kind::Path(path) => format!("the path `{path}`"),
            Kind::List(_) => "a list".to_string(),
            Kind::Attrs(_) => "an attribute set".to_string(),
            Kind::Lambda(_) => "a function".to_string(),
            Kind::Primop(primop) => format!("the function `{}`", primop.function.name),
            Kind::Symbol(symbol) => format!("`{symbol}`"),
            Kind::Call(call) => match &call.function.kind {
                Kind::Call(_) => call.function.describe(),
                _ => format!("the result of {}", call.function.describe()),
            },
            Kind::Pkgs(pkgs) => format!("a package set of `{}`", pkgs.input),
            Kind::Choice(_) => "a value that depends on an unknown condition".to_string(),
            Kind::Unknown(reason) => reason.to_string(),
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.root {
            Root::Input(name) => write!(f, "inputs.{}", name.replace('/', ".inputs."))?,
            Root::Argument(name) => f.write_str(name)?,
            Root::Call(call) => write!(f, "({} ...)", call.function.describe().replace('`', ""))?,
            Root::Pkgs(_) => f.write_str("pkgs")?,
            Root::Config(_) => f.write_str("config")?,
        }
        self.path.iter().try_for_each(|name| write!(f, ".{name}"))
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe())
    }
}

impl List {
    /// A list of these parts, none of which is known to be the values of a set.
    pub fn of(parts: Vec<Part>) -> List {
        List {
            parts,
            sets: Vec::new(),
        }
    }

    /// The items that are known, in order, with `None` for each unknown stretch.
    pub fn items(&self) -> impl Iterator<Item = Option<&Thunk>> {
        self.parts
            .iter()
            .flat_map(|part| -> Box<dyn Iterator<Item = Option<&Thunk>>> {
                match part {
                    Part::Literal(literal) => Box::new(literal.items.iter().map(Some)),
                    Part::Item(item) => Box::new(std::iter::once(Some(item))),
                    Part::Stretch(_) => Box::new(std::iter::once(None)),
                }
            })
    }

    /// Every item, where all are known.
    pub fn known_items(&self) -> Option<Vec<Thunk>> {
        self.items().map(|item| item.cloned()).collect()
    }
}
