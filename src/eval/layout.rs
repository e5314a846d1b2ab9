//! What the syntax of sets and functions says, read once for each version of a file: every host, and every pass, may
//! evaluate them again.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rnix::TextRange;
use rnix::ast::{self, HasEntry};
use rowan::ast::AstNode;
use rustc_hash::FxHashMap;

use super::name_of;
use super::value::Name;
use crate::syntax::{self, range_of};
use crate::tree::File;

/// The layouts of one file, by the range of the node.
#[derive(Default)]
pub(super) struct Layouts {
    sets: RefCell<FxHashMap<TextRange, Rc<SetLayout>>>,
    functions: RefCell<FxHashMap<TextRange, Option<Rc<FunctionLayout>>>>,
    calls: RefCell<FxHashMap<TextRange, Option<Rc<CallLayout>>>>,
    selections: RefCell<FxHashMap<TextRange, Option<Rc<SelectLayout>>>>,
}

/// `function argument`
pub(super) struct CallLayout {
    pub function: ast::Expr,
    pub argument: ast::Expr,
}

/// `base.path or default`
pub(super) struct SelectLayout {
    pub base: ast::Expr,
    pub path: Vec<AttrLayout>,
    pub default: Option<ast::Expr>,
}

/// A set literal or a `let`.
pub(super) struct SetLayout {
    pub is_recursive: bool,
    pub entries: Vec<EntryLayout>,
}

/// An entry of it.
pub(super) enum EntryLayout {
    Inherit(InheritLayout),
    Binding(BindingLayout),
}

/// `inherit (from) a b;`
pub(super) struct InheritLayout {
    pub from: Option<ast::Expr>,
    pub attrs: Vec<InheritedAttr>,
}

/// A name of an `inherit`.
pub(super) struct InheritedAttr {
    pub name: AttrLayout,
    /// The name as an expression.
    pub variable: Option<ast::Expr>,
    pub range: Range<usize>,
}

/// `head.rest = value;`
pub(super) struct BindingLayout {
    pub head: Option<AttrLayout>,
    pub rest: Vec<ast::Attr>,
    pub value: Option<ast::Expr>,
    pub range: Range<usize>,
}

/// A name that is written down, or one that is computed.
pub(super) enum AttrLayout {
    Name(Name),
    Computed(ast::Attr),
}

/// A function.
pub(super) struct FunctionLayout {
    pub param: ParamLayout,
    pub body: ast::Expr,
}

/// What it takes.
pub(super) enum ParamLayout {
    Name(Name),
    Pattern(PatternLayout),
}

/// `{ a, b ? c, ... }@name`
pub(super) struct PatternLayout {
    pub node: ast::Pattern,
    pub formals: Vec<(Name, Option<ast::Expr>)>,
    pub at_name: Option<Name>,
    pub is_open: bool,
}

/// What was read of the node, by `read` if this is the first time.
fn once<L: Clone>(
    known: &RefCell<FxHashMap<TextRange, L>>,
    node: &impl AstNode<Language = rnix::NixLanguage>,
    read: impl FnOnce() -> L,
) -> L {
    let range = node.syntax().text_range();
    let found = known.borrow().get(&range).cloned();
    found.unwrap_or_else(|| {
        let layout = read();
        known.borrow_mut().insert(range, layout.clone());
        layout
    })
}

/// The layout of a set literal or a `let` of `file`.
pub(super) fn set_layout(file: &File, entries: &impl HasEntry) -> Rc<SetLayout> {
    let known = &file.derived::<Layouts>().sets;
    once(known, entries, || Rc::new(SetLayout::of(entries)))
}

/// The layout of a function of `file`; `None` where its syntax is incomplete.
pub(super) fn function_layout(file: &File, node: &ast::Lambda) -> Option<Rc<FunctionLayout>> {
    let known = &file.derived::<Layouts>().functions;
    once(known, node, || FunctionLayout::of(node).map(Rc::new))
}

/// The layout of a call in `file`; `None` where its syntax is incomplete.
pub(super) fn call_layout(file: &File, node: &ast::Apply) -> Option<Rc<CallLayout>> {
    let known = &file.derived::<Layouts>().calls;
    once(known, node, || CallLayout::of(node).map(Rc::new))
}

/// The layout of a selection in `file`; `None` where its syntax is incomplete.
pub(super) fn select_layout(file: &File, node: &ast::Select) -> Option<Rc<SelectLayout>> {
    let known = &file.derived::<Layouts>().selections;
    once(known, node, || SelectLayout::of(node).map(Rc::new))
}

impl CallLayout {
    fn of(node: &ast::Apply) -> Option<CallLayout> {
        Some(CallLayout {
            function: node.lambda()?,
            argument: node.argument()?,
        })
    }
}

impl SelectLayout {
    fn of(node: &ast::Select) -> Option<SelectLayout> {
        Some(SelectLayout {
            base: node.expr()?,
            path: node.attrpath()?.attrs().map(AttrLayout::of).collect(),
            default: node.default_expr(),
        })
    }
}

impl SetLayout {
    fn of(node: &impl HasEntry) -> SetLayout {
        SetLayout {
            is_recursive: syntax::is_recursive(node),
            entries: node.entries().map(EntryLayout::of).collect(),
        }
    }
}

impl EntryLayout {
    fn of(entry: ast::Entry) -> EntryLayout {
        match entry {
            ast::Entry::Inherit(inherit) => EntryLayout::Inherit(InheritLayout {
                from: inherit.from().and_then(|from| from.expr()),
                attrs: inherit.attrs().map(InheritedAttr::of).collect(),
            }),
            ast::Entry::AttrpathValue(binding) => {
                let mut attrs = binding.attrpath().into_iter().flat_map(|path| path.attrs());
                EntryLayout::Binding(BindingLayout {
                    head: attrs.next().map(AttrLayout::of),
                    rest: attrs.collect(),
                    value: binding.value(),
                    range: range_of(&binding),
                })
            }
        }
    }
}

impl InheritedAttr {
    fn of(attr: ast::Attr) -> InheritedAttr {
        let range = range_of(&attr);
        let variable = match &attr {
            ast::Attr::Ident(ident) => Some(ident.clone().into()),
            ast::Attr::Str(_) | ast::Attr::Dynamic(_) => None,
        };
        InheritedAttr {
            name: AttrLayout::of(attr),
            variable,
            range,
        }
    }
}

impl AttrLayout {
    /// The name as it is written.
    pub fn text(&self) -> String {
        match self {
            AttrLayout::Name(name) => name.to_string(),
            AttrLayout::Computed(attr) => attr.to_string(),
        }
    }

    fn of(attr: ast::Attr) -> AttrLayout {
        let written = match &attr {
            ast::Attr::Ident(ident) => Some(name_of(ident)),
            ast::Attr::Str(_) => syntax::attr_name(&attr).map(Name::from),
            ast::Attr::Dynamic(_) => None,
        };
        written.map_or(AttrLayout::Computed(attr), AttrLayout::Name)
    }
}

impl FunctionLayout {
    fn of(node: &ast::Lambda) -> Option<FunctionLayout> {
        let param = match node.param()? {
            ast::Param::IdentParam(param) => {
                let name = param.ident().map(|ident| name_of(&ident));
                ParamLayout::Name(name.unwrap_or_else(|| "".into()))
            }
            ast::Param::Pattern(pattern) => ParamLayout::Pattern(PatternLayout::of(pattern)),
        };
        let body = node.body()?;
        Some(FunctionLayout { param, body })
    }
}

impl PatternLayout {
    fn of(node: ast::Pattern) -> PatternLayout {
        let formal = |entry: ast::PatEntry| Some((name_of(&entry.ident()?), entry.default()));
        PatternLayout {
            formals: node.pat_entries().filter_map(formal).collect(),
            at_name: (node.pat_bind())
                .and_then(|bind| bind.ident())
                .map(|ident| name_of(&ident)),
            is_open: node.ellipsis_token().is_some(),
            node,
        }
    }
}
