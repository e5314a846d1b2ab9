//! One version of a file's text, and what is made of it at most once.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rnix::ast;

use crate::expr::Exprs;
use crate::path::RepoPath;
use crate::syntax::{self, Delimiters, SyntaxError};

/// One version of a file's text, parsed at most once.
#[derive(Debug)]
pub struct File {
    /// Where it stands.
    pub path: RepoPath,
    /// The text, byte for byte.
    pub text: Rc<str>,
    root: RefCell<Option<Result<ast::Root, Vec<SyntaxError>>>>,
    delimiters: OnceCell<Delimiters>,
    /// The offset of each line feed.
    line_ends: OnceCell<Vec<usize>>,
    exprs: OnceCell<Option<Exprs>>,
}

impl File {
    /// A file of this text.
    pub fn new(path: RepoPath, text: impl Into<Rc<str>>) -> Rc<File> {
        Rc::new(File {
            path,
            text: text.into(),
            root: RefCell::default(),
            delimiters: OnceCell::new(),
            line_ends: OnceCell::new(),
            exprs: OnceCell::new(),
        })
    }

    /// The syntax tree, for edits.
    ///
    /// # Errors
    /// The parser's errors, where the text is not Nix.
    pub fn root(&self) -> Result<ast::Root, Vec<SyntaxError>> {
        let mut root = self.root.borrow_mut();
        let parse = || match self.exprs.get() {
            Some(Some(_)) => syntax::parse_judged(&self.text),
            _ => syntax::parse(&self.text),
        };
        root.get_or_insert_with(parse).clone()
    }

    /// Lets go of the syntax tree, which takes a dozen times the memory of the text.
    pub fn forget_root(&self) {
        self.root.take();
    }

    /// Whether its syntax was asked for so far, in either form.
    pub fn is_parsed(&self) -> bool {
        self.root.borrow().is_some() || self.exprs.get().is_some()
    }

    /// How its delimiters are written.
    pub fn delimiters(&self) -> Delimiters {
        *self.delimiters.get_or_init(|| match self.exprs() {
            Some(exprs) => Delimiters::of_openings(&self.text, exprs.openings(&self.text)),
            None => Delimiters::of(&self.text),
        })
    }

    /// What it says, for the evaluator; `None` where the text is not Nix.
    pub fn exprs(&self) -> Option<&Exprs> {
        self.exprs
            .get_or_init(|| Exprs::parse(&self.text).ok())
            .as_ref()
    }

    /// The 1-based line of a byte offset.
    pub fn line(&self, offset: usize) -> usize {
        let ends = self.line_ends.get_or_init(|| {
            let ends = self.text.match_indices('\n');
            ends.map(|(end, _)| end).collect()
        });
        1 + ends.partition_point(|end| *end < offset)
    }
}
