//! The flake as the pass before left it, read again only when a pass asks for it: writing a file needs no model.

use std::cell::OnceCell;
use std::ops::Deref;

use crate::diagnostic::Diagnostic;
use crate::flake::model::Model;
use crate::tree::Tree;

/// The newest model. It stands for the [`Model`] wherever one is wanted.
pub struct Latest<'a> {
    /// The model of the tree that the passes started from.
    first: &'a Model,
    /// The tree to read, where it is another one.
    tree: Option<Tree>,
    read: OnceCell<Result<Model, Vec<Diagnostic>>>,
}

impl<'a> Latest<'a> {
    /// Nothing has changed since `model` was read.
    pub fn of(model: &'a Model) -> Latest<'a> {
        Latest {
            first: model,
            tree: None,
            read: OnceCell::new(),
        }
    }

    /// `tree` is what became of the flake of `first`.
    pub fn in_tree(first: &'a Model, tree: Tree) -> Latest<'a> {
        Latest {
            first,
            tree: Some(tree),
            read: OnceCell::new(),
        }
    }

    /// What kept the tree from being read, if somebody asked for its model. Nothing that a pass made of the model holds
    /// then, since it saw the first one.
    pub fn failure(&self) -> Option<&[Diagnostic]> {
        let failed = self.read.get()?.as_ref().err()?;
        Some(failed)
    }
}

impl Deref for Latest<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        let Some(tree) = &self.tree else {
            return self.first;
        };
        let path = &self.first.flake.file.path;
        let read = self.read.get_or_init(|| Model::read(tree, path));
        read.as_ref().unwrap_or(self.first)
    }
}
