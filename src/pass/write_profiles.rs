//! Writes the profile files beside the machine files.

use super::{Changes, Context, Pass, Subject};
use crate::path::RepoPath;
use crate::plan::StepKind;
use crate::tree::ReadProblem;

pub(super) const PASS: Pass = Pass {
    name: "write-profiles",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.profiles.is_some(),
    by_earlier: false,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    let mut written = 0;
    for profile in context.recipe.choosable_profiles() {
        let path = context.layout.profile(&profile.name);
        // A profile that the user has changed stays as it is.
        if matches!(changes.tree.file(&path), Err(ReadProblem::Missing)) {
            changes.create(&path, profile.text.clone());
            written += 1;
        }
    }
    if written > 0 {
        let directory = context.layout.profiles.as_ref().map(RepoPath::as_str);
        let sentence = format!(
            "Write {written} hardware profiles in `{}`",
            directory.unwrap_or_default()
        );
        changes.done(sentence.clone());
        changes.step(StepKind::WriteProfiles, sentence);
    }
}
