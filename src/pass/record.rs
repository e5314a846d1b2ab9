//! `Record`: what the step at hand does to each file, apart from what other steps do to it.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::edit::{Edit, FileEdits};
use crate::path::RepoPath;
use crate::plan::{FileChange, StepFile};
use crate::tree::Tree;

/// The edits since the last step ended.
#[derive(Clone, Default)]
pub(super) struct Record {
    files: BTreeMap<RepoPath, Recorded>,
}

#[derive(Clone, Default)]
struct Recorded {
    /// The text before this step, once some of its edits are in the tree; the inner `None` is a file that was not there.
    before: Option<Option<Rc<str>>>,
    /// Its edits that are not in the tree yet.
    edits: FileEdits,
}

impl Record {
    /// The step edits the file as it stands in the tree.
    pub fn edit(&mut self, file: &RepoPath, edit: Edit) {
        let recorded = self.files.entry(file.clone()).or_default();
        // An overlap is an error that whoever collects the edits reports.
        let _ = recorded.edits.add(edit);
    }

    /// The pending edits of the file get into the tree, whose text was `before`.
    pub fn flush(&mut self, file: &RepoPath, before: &Rc<str>) {
        if let Some(recorded) = self.files.get_mut(file) {
            recorded.before.get_or_insert_with(|| Some(before.clone()));
            recorded.edits = FileEdits::default();
        }
    }

    /// The step creates, replaces or deletes the file, whose text was `before`.
    pub fn replace(&mut self, file: &RepoPath, before: Option<Rc<str>>) {
        let recorded = self.files.entry(file.clone()).or_default();
        recorded.before.get_or_insert(before);
        recorded.edits = FileEdits::default();
    }

    /// Ends the step: what it did, where the tree is `tree`.
    pub fn take(&mut self, tree: &Tree) -> Vec<StepFile> {
        let done = |(path, recorded): (RepoPath, Recorded)| {
            let text = tree.file(&path).ok().map(|file| file.text.clone());
            match (recorded.before, text) {
                (None, Some(text)) => StepFile::Edited {
                    path,
                    text,
                    edits: recorded.edits,
                },
                (before, text) => {
                    let edited = |text: &Rc<str>| match recorded.edits.is_empty() {
                        true => text.clone(),
                        false => recorded.edits.apply(text).into(),
                    };
                    let after = text.as_ref().map(edited);
                    let before = before.unwrap_or(text);
                    StepFile::Replaced(FileChange {
                        path,
                        before,
                        after,
                    })
                }
            }
        };
        let all = std::mem::take(&mut self.files).into_iter().map(done);
        all.filter(StepFile::is_change).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    #[test]
    fn a_step_shows_its_own_edits_only_whether_they_are_in_the_tree_or_not() {
        let tree = crate::tree::fixture("#- /a.nix\n[ 1 ]\n#- /b.nix\nold\n");
        let text = tree.file(&path("a.nix")).unwrap().text.clone();
        let mut record = Record::default();
        record.edit(&path("a.nix"), Edit::insert(3, " 2"));
        record.flush(&path("a.nix"), &text);
        let tree = tree.with_text(&path("a.nix"), "[ 1 2 ]\n".to_string());
        record.edit(&path("a.nix"), Edit::insert(5, " 3"));
        record.replace(&path("b.nix"), Some("old\n".into()));
        let done = record.take(&tree.without(&path("b.nix")));
        let done: Vec<FileChange> = done.iter().map(StepFile::change).collect();
        assert_eq!(done[0].before.as_deref(), Some("[ 1 ]\n"));
        assert_eq!(done[0].after.as_deref(), Some("[ 1 2 3 ]\n"));
        assert_eq!(done[1].after, None);
        assert_eq!(record.take(&tree), []);
    }
}
