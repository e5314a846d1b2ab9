//! `Step`: one change as the user thinks of it, with what it does to each file.

use std::rc::Rc;

use super::FileChange;
use crate::edit::FileEdits;
use crate::path::RepoPath;

/// One change of the plan. The steps of a plan are in the order in which they are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does. No two steps of a plan are of the same kind with the same content.
    pub kind: StepKind,
    /// The same in a sentence.
    pub title: String,
    /// What it does to each file, to the text that the steps before it left.
    pub files: Vec<StepFile>,
}

/// What a step does to one file. No text is held twice: there may be a step for each of a thousand hosts, and all of them
/// in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepFile {
    /// It edits the file.
    Edited {
        /// The file.
        path: RepoPath,
        /// The text that is edited.
        text: Rc<str>,
        /// How.
        edits: FileEdits,
    },
    /// It creates, replaces or deletes the file.
    Replaced(FileChange),
}

impl StepFile {
    /// The file before and after.
    pub fn change(&self) -> FileChange {
        match self {
            StepFile::Edited { path, text, edits } => FileChange {
                path: path.clone(),
                before: Some(text.clone()),
                after: Some(edits.apply(text).into()),
            },
            StepFile::Replaced(change) => change.clone(),
        }
    }

    /// Whether the file is another one afterwards.
    pub(crate) fn is_change(&self) -> bool {
        match self {
            StepFile::Edited { text, edits, .. } => edits
                .iter()
                .any(|edit| text[edit.range.clone()] != *edit.text),
            StepFile::Replaced(change) => change.before != change.after,
        }
    }
}

/// What a step does: enough to tell the planner to leave it out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Declares the flake input, or completes its declaration.
    AddInput,
    /// Writes the file of an overlay.
    WriteOverlay(RepoPath),
    /// Applies an overlay at one place, for all hosts that go through it.
    ApplyOverlay {
        /// The overlay's file, or the attribute of an input that it is.
        overlay: String,
        /// The file that applies it.
        file: RepoPath,
        /// The hosts.
        hosts: Vec<String>,
    },
    /// Writes the profile files.
    WriteProfiles,
    /// Imports a profile at one place, for all hosts that go through it.
    ImportProfile {
        /// The profile.
        profile: String,
        /// The file that imports it.
        file: RepoPath,
        /// The hosts.
        hosts: Vec<String>,
    },
    /// Adds a module of an input at one place, for all hosts that go through it.
    InsertModule {
        /// The attribute of an input that it is.
        module: String,
        /// The file with the module list.
        file: RepoPath,
        /// The hosts.
        hosts: Vec<String>,
    },
    /// Removes an old overlay with the references to it.
    RemoveOverlay(RepoPath),
    /// Adds a package to a Home Manager file.
    AddHomePackage {
        /// The file.
        file: RepoPath,
        /// The package.
        package: String,
    },
    /// What else the pass of this name does.
    Rest(&'static str),
}

impl StepKind {
    /// The hosts it is for; none where it is for the flake as a whole.
    pub fn hosts(&self) -> &[String] {
        match self {
            StepKind::ApplyOverlay { hosts, .. }
            | StepKind::ImportProfile { hosts, .. }
            | StepKind::InsertModule { hosts, .. } => hosts,
            StepKind::AddInput
            | StepKind::WriteOverlay(_)
            | StepKind::WriteProfiles
            | StepKind::RemoveOverlay(_)
            | StepKind::AddHomePackage { .. }
            | StepKind::Rest(_) => &[],
        }
    }
}

/// What the user wants left as it is: the plan is made, and proven, without it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Hosts that get nothing.
    pub hosts: std::collections::BTreeSet<String>,
    /// Hosts that get the overlay, but no profile.
    pub profiles: std::collections::BTreeSet<String>,
    /// Old overlays that stay.
    pub old_overlays: std::collections::BTreeSet<RepoPath>,
}
