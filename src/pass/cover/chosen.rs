//! Making the addition at a place that was chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rnix::ast;

use super::{Addition, Rank, ScopeChange, ScopeKind, Spot, names};
use crate::edit::Edit;
use crate::expr::Expr;
use crate::pass::changes::{Changes, Placed};
use crate::pass::{Context, style_in};
use crate::path::RepoPath;
use crate::plan::{Location, StepKind};
use crate::rewrite;
use crate::syntax::node_at;
use crate::tree::File;

/// A place that was chosen.
pub(in crate::pass) struct Chosen {
    /// The place.
    pub spot: Spot,
    /// How good it is.
    pub rank: Rank,
    /// What to add there.
    pub addition: Addition,
    /// The hosts it serves.
    pub hosts: BTreeSet<usize>,
}

/// What is added at the places, for those who read of it.
pub(in crate::pass) struct Added<'a> {
    /// What these hosts got there, as a sentence.
    pub sentence: &'a dyn Fn(&str, &RepoPath) -> String,
    /// The step that adds it in this file to these hosts.
    pub step: &'a dyn Fn(RepoPath, Vec<String>) -> StepKind,
    /// What is to be remembered of where a host got it.
    pub placed: Option<Placed>,
}

/// Adds it at each of the places, each a step of its own, and says so for each file.
pub(in crate::pass) fn add_at(
    changes: &mut Changes,
    context: &Context,
    chosen: &[Chosen],
    added: &Added,
) {
    let mut by_file: BTreeMap<&RepoPath, BTreeSet<usize>> = BTreeMap::new();
    for choice in chosen {
        let file = choice.spot.file();
        choice.apply(changes, context);
        if let Some(placed) = added.placed {
            choice.note(changes, context, placed);
        }
        let title = (added.sentence)(&names(context, &choice.hosts), file);
        changes.step(
            (added.step)(file.clone(), choice.host_names(context)),
            title,
        );
        by_file.entry(file).or_default().extend(&choice.hosts);
    }
    for (file, hosts) in by_file {
        changes.done((added.sentence)(&names(context, &hosts), file));
    }
}

impl Chosen {
    /// The names of the hosts it serves; it may serve other configurations besides.
    pub fn host_names(&self, context: &Context) -> Vec<String> {
        let all = context.model.hosts();
        let name = |index: &usize| Some(all.get(*index)?.host.name.to_string());
        self.hosts.iter().filter_map(name).collect()
    }

    /// Remembers where its hosts got the addition.
    pub fn note(&self, changes: &mut Changes, context: &Context, placed: Placed) {
        let file = self.spot.file().clone();
        let line = changes.line_before(&file, self.spot.site().range().start);
        for host in self.host_names(context) {
            changes.placed.insert(
                (host, placed),
                Location {
                    file: file.clone(),
                    line,
                },
            );
        }
    }

    /// Makes the addition.
    pub fn apply(&self, changes: &mut Changes, context: &Context) {
        let site = self.spot.site();
        let (file, range) = (site.file(), site.range());
        // What is added to a list depends on how the whole of it is laid out.
        if matches!(self.spot, Spot::List(_)) && changes.is_changed(&file.path, range.clone()) {
            context.model.outdate();
        }
        let edits = self.edits(file, range).unwrap_or_default();
        changes.edit(&file.path, edits);
        if let Some(scope) = &self.addition.scope {
            scope.apply(changes, context);
        }
    }

    /// What the addition changes in the file.
    fn edits(&self, file: &File, range: Range<usize>) -> Option<Vec<Edit>> {
        let (addition, text) = (&self.addition.text, &file.text);
        let exprs = file.exprs()?;
        Some(match &self.spot {
            Spot::List(_) => {
                let list = exprs.find(&range, |expr| matches!(expr, Expr::List(_)))?;
                let Expr::List(items) = exprs[list] else {
                    return None;
                };
                let replaced = self.addition.replaces;
                match replaced.and_then(|index| exprs.items(items).get(index)) {
                    Some(old) => vec![Edit::replace(exprs.range(*old), addition.clone())],
                    None => rewrite::append_item(text, exprs, list, addition),
                }
            }
            Spot::Concat(_) => {
                let binding: ast::AttrpathValue = node_at(&file.root().ok()?, range)?;
                rewrite::append_to_list_expr(text, &binding.value()?, addition)
            }
            Spot::Value(_) => {
                let binding: ast::AttrpathValue = node_at(&file.root().ok()?, range)?;
                rewrite::append_selection(&binding.value()?, addition)
            }
            Spot::Set(_, position) => {
                let set = exprs.find(&range, |expr| matches!(expr, Expr::AttrSet(_)))?;
                rewrite::add_attribute(text, exprs, set, position, addition)
            }
        })
    }
}

impl ScopeChange {
    fn apply(&self, changes: &mut Changes, context: &Context) {
        let Ok(file) = context.model.flake.tree().file(&self.file) else {
            return;
        };
        if changes.is_changed(&self.file, self.place.clone()) {
            context.model.outdate();
        }
        let edits = match &self.kind {
            ScopeKind::Function(name) => {
                let style = style_in(&context.model.flake, &file);
                vec![rewrite::make_function(self.place.start, name, &style)]
            }
            ScopeKind::AtName => self.in_pattern(&file, |text, pattern| {
                rewrite::add_at_name(text, pattern, "inputs")
            }),
            ScopeKind::Formal(name) => self.in_pattern(&file, |text, pattern| {
                rewrite::add_formal(text, pattern, name)
            }),
        };
        changes.edit_once(&self.file, edits);
    }

    fn in_pattern(
        &self,
        file: &File,
        edits: impl Fn(&str, &ast::Pattern) -> Vec<Edit>,
    ) -> Vec<Edit> {
        let root = file.root().ok();
        let pattern = root.and_then(|root| node_at(&root, self.place.clone()));
        pattern.map_or_else(Vec::new, |pattern| edits(&file.text, &pattern))
    }
}
