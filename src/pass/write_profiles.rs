//! Writes the profile files beside the machine files.

use super::{Changes, Context, Pass};
use crate::tree::ReadProblem;

pub(super) const PASS: Pass = Pass {
    name: "write-profiles",
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
        changes.done(format!(
            "Write {written} hardware profiles in `{}`",
            context.layout.profiles
        ));
    }
}
