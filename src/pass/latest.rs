//! The flake as the passes before left it, read again only when a pass asks for it: writing a file needs no model. A pass
//! whose places others do not change goes by an earlier model, as long as that can tell it what it asks.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeSet;
use std::ops::Deref;

use super::cover::SpotKey;
use super::{Applied, Since};
use crate::diagnostic::Diagnostic;
use crate::flake::model::Model;
use crate::flake::scope::Sought;
use crate::tree::Tree;

/// The newest model, or one that stands for it. It stands for the [`Model`] wherever one is wanted.
pub struct Latest<'a> {
    /// The model that is there already.
    first: &'a Model,
    /// The tree to read, where it is another one.
    tree: Option<Tree>,
    read: OnceCell<Result<Model, Vec<Diagnostic>>>,
    /// What is known of a model that is not of the newest tree.
    earlier: Option<Earlier<'a>>,
}

struct Earlier<'a> {
    /// What was changed since it was read.
    since: &'a Since,
    /// Whether something was asked that only the newest model can tell.
    is_outdated: Cell<bool>,
}

impl<'a> Latest<'a> {
    /// Nothing has changed since `model` was read.
    pub fn of(model: &'a Model) -> Latest<'a> {
        Latest {
            first: model,
            tree: None,
            read: OnceCell::new(),
            earlier: None,
        }
    }

    /// `tree` is what became of the flake of `first`.
    pub fn in_tree(first: &'a Model, tree: Tree) -> Latest<'a> {
        Latest {
            tree: Some(tree),
            ..Latest::of(first)
        }
    }

    /// `model` stands for a newer one.
    pub fn earlier(model: &'a Model, since: &'a Since) -> Latest<'a> {
        Latest {
            earlier: Some(Earlier {
                since,
                is_outdated: Cell::new(false),
            }),
            ..Latest::of(model)
        }
    }

    /// Whether the tree was read.
    pub fn is_read(&self) -> bool {
        self.read.get().is_some()
    }

    /// What kept the tree from being read, if somebody asked for its model. Nothing that a pass made of the model holds
    /// then, since it saw the first one.
    pub fn failure(&self) -> Option<&[Diagnostic]> {
        let failed = self.read.get()?.as_ref().err()?;
        Some(failed)
    }

    /// Only the newest model can tell this. Nothing that a pass made of an earlier one holds then.
    pub fn outdate(&self) {
        if let Some(earlier) = &self.earlier {
            earlier.is_outdated.set(true);
        }
    }

    /// Only a model that shows which modules were added can tell this.
    pub(super) fn outdate_by_modules(&self) {
        let earlier = self.earlier.as_ref();
        if earlier.is_some_and(|earlier| earlier.since.has_modules) {
            self.outdate();
        }
    }

    /// Whether something was asked of an earlier model that it cannot tell.
    pub fn is_outdated(&self) -> bool {
        let earlier = self.earlier.as_ref();
        earlier.is_some_and(|earlier| earlier.is_outdated.get())
    }

    /// Whether the flake declares the input by now.
    pub fn has_input(&self, name: &str) -> bool {
        self.flake.input(name).is_some() || self.coming(name).is_some()
    }

    /// The places where `overlay` was added since.
    pub(super) fn places_of(&self, overlay: Applied) -> Option<&BTreeSet<SpotKey>> {
        let applied = &self.earlier.as_ref()?.since.applied;
        applied.get(&overlay.to_string())
    }

    /// The input as something that a place has to name.
    pub fn sought<'s>(&'s self, name: &'s str) -> Sought<'s> {
        Sought {
            flake: &self.flake,
            name,
            coming: self.coming(name),
        }
    }

    /// For an input that was declared since: what is set where only the newest model can tell something about it.
    fn coming(&self, name: &str) -> Option<&Cell<bool>> {
        let earlier = self.earlier.as_ref();
        let is_coming = |earlier: &&Earlier| earlier.since.declared.as_deref() == Some(name);
        let earlier = earlier.filter(is_coming)?;
        Some(&earlier.is_outdated)
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
