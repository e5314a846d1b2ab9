//! `Changes`: what the passes have done to the tree so far.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::record::Record;
use super::seen::Seen;
use super::since::Since;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Edit, FileEdits};
use crate::path::RepoPath;
use crate::plan::{Location, Step, StepKind};
use crate::tree::Tree;

/// What a host got at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placed {
    /// The overlay.
    Overlay,
    /// The profile.
    Profile,
    /// A module of an input.
    Module,
}

/// The tree as it is being changed, the way each file got there, and what there is to say.
#[derive(Clone)]
pub struct Changes {
    /// The tree with every edit that was flushed.
    pub tree: Tree,
    /// Counts the changes of `tree`, so that a model of it is known to be stale.
    pub version: usize,
    /// Whose offsets passes speak in: those of the model at hand, or of `tree`.
    pub seen: Option<Seen>,
    /// Whether an edit of the model at hand meets what was edited since.
    pub is_outdated: bool,
    /// What was changed since that model was read.
    pub since: Since,
    /// Edits whose offsets are those of `tree`.
    pending: BTreeMap<RepoPath, FileEdits>,
    /// For each file the edits in the order in which they were flushed.
    pub history: BTreeMap<RepoPath, Vec<FileEdits>>,
    /// The files that passes created.
    pub created: BTreeSet<RepoPath>,
    /// The files that passes deleted.
    pub deleted: BTreeSet<RepoPath>,
    /// Where a host got something, in the text before any change.
    pub placed: BTreeMap<(String, Placed), Location>,
    /// What was done, a sentence each.
    pub done: Vec<String>,
    /// What was done, by step.
    pub steps: Vec<Step>,
    /// What the step at hand does.
    record: Record,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The hosts that cannot be served, each with the first reason.
    pub refused: BTreeMap<String, Diagnostic>,
}

impl Changes {
    /// No changes to `tree`.
    pub fn new(tree: Tree) -> Changes {
        Changes {
            tree,
            version: 0,
            seen: None,
            is_outdated: false,
            since: Since::default(),
            pending: BTreeMap::new(),
            history: BTreeMap::new(),
            created: BTreeSet::new(),
            deleted: BTreeSet::new(),
            placed: BTreeMap::new(),
            done: Vec::new(),
            steps: Vec::new(),
            record: Record::default(),
            diagnostics: Vec::new(),
            refused: BTreeMap::new(),
        }
    }

    /// Adds edits of the file as the model at hand has it.
    pub fn edit(&mut self, file: &RepoPath, edits: impl IntoIterator<Item = Edit>) {
        let edits = self.carry(file, edits);
        self.add(file, edits);
    }

    /// The edits for the file as it stands in `tree`.
    fn carry(&mut self, file: &RepoPath, edits: impl IntoIterator<Item = Edit>) -> Vec<Edit> {
        let carried = edits.into_iter().map(|edit| self.carried(file, edit));
        let carried: Option<Vec<Edit>> = carried.collect();
        self.is_outdated |= carried.is_none();
        carried.unwrap_or_default()
    }

    fn add(&mut self, file: &RepoPath, edits: Vec<Edit>) {
        let pending = self.pending.entry(file.clone()).or_default();
        for edit in edits {
            self.record.edit(file, edit.clone());
            if let Err(overlap) = pending.add(edit) {
                let message = format!("two changes to `{file}` meet at one place");
                self.diagnostics.push(
                    Diagnostic::error("changes-overlap", message).at(file.clone(), overlap.0.range).help(
                        "make one of the changes by hand, or leave one out with --skip, and run nixfix again",
                    ),
                );
            }
        }
    }

    /// Adds edits that several additions need: the same ones again count once.
    pub fn edit_once(&mut self, file: &RepoPath, edits: Vec<Edit>) {
        let edits = self.carry(file, edits);
        let pending = self.pending.entry(file.clone()).or_default();
        if edits
            .iter()
            .all(|edit| pending.iter().any(|old| old == edit))
        {
            // It belongs to this step as well.
            edits
                .into_iter()
                .for_each(|edit| self.record.edit(file, edit));
        } else {
            self.add(file, edits);
        }
    }

    /// Creates a file.
    pub fn create(&mut self, file: &RepoPath, text: Rc<str>) {
        self.record.replace(file, None);
        self.tree.set_text(file, text);
        self.version += 1;
        self.created.insert(file.clone());
    }

    /// Deletes a file.
    pub fn delete(&mut self, file: &RepoPath) {
        self.pending.remove(file);
        let before = self.tree.file(file).ok().map(|file| file.text.clone());
        self.record.replace(file, before);
        self.tree = self.tree.without(file);
        self.version += 1;
        self.deleted.insert(file.clone());
    }

    /// Applies the pending edits to the tree; says whether there were any.
    pub fn flush(&mut self) -> bool {
        let pending = std::mem::take(&mut self.pending);
        let mut changed = false;
        for (path, edits) in pending {
            let Ok(file) = self.tree.file(&path) else {
                continue;
            };
            if edits.is_empty() {
                continue;
            }
            self.record.flush(&path, &file.text);
            self.tree.set_text(&path, edits.apply(&file.text));
            self.history.entry(path).or_default().push(edits);
            self.version += 1;
            changed = true;
        }
        changed
    }

    /// Says what was done.
    pub fn done(&mut self, sentence: impl Into<String>) {
        self.done.push(sentence.into());
    }

    /// Ends a step: what was edited, created and deleted since the last one ended is of this kind. A step that does
    /// nothing is none.
    pub fn step(&mut self, kind: StepKind, title: impl Into<String>) {
        let files = self.record.take(&self.tree);
        if !files.is_empty() {
            let title = title.into();
            self.steps.push(Step { kind, title, files });
        }
    }

    /// Says something. Its place is one that the model at hand has.
    pub fn say(&mut self, diagnostic: Diagnostic) {
        let diagnostic = self.placed_before(diagnostic);
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The diagnostic with its place in the text before any change, which is the one the user has.
    fn placed_before(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let Some(place) = &mut diagnostic.place else {
            return diagnostic;
        };
        let Some(range) = place.range else {
            return diagnostic;
        };
        let start = self.map_back(&place.file, range.start);
        let last = range
            .end
            .checked_sub(1)
            .and_then(|last| self.map_back(&place.file, last));
        place.range =
            start.map(|start| (start..last.map_or(start, |last| last + 1).max(start)).into());
        diagnostic
    }

    /// Leaves a host as it is, for this reason. The diagnostic's place is one that the model at hand has.
    pub fn refuse(&mut self, host: &str, diagnostic: Diagnostic) {
        let diagnostic = self.placed_before(diagnostic);
        self.refused
            .entry(host.to_string())
            .or_insert_with(|| diagnostic.host(host));
    }

    /// Whether something was refused for the flake as a whole.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The 1-based line, in the text before any change, of the byte at `offset` of the file as the model at hand has it.
    pub fn line_before(&self, file: &RepoPath, offset: usize) -> usize {
        let before = self.map_back(file, offset).unwrap_or(0);
        self.tree
            .original()
            .file(file)
            .map_or(1, |file| file.line(before))
    }

    /// Where the byte at `offset` of the changed file stood before; `None` for a byte that a pass wrote.
    pub fn map_back(&self, file: &RepoPath, offset: usize) -> Option<usize> {
        if self.created.contains(file) {
            return None;
        }
        let (seen, _) = self.history_of(file);
        seen.iter()
            .rev()
            .try_fold(offset, |offset, edits| edits.map_back(offset))
    }
}
