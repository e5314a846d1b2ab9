//! Writes and applies the second overlay, where the user opted in.

use super::{Applied, Changes, Context, Pass, Subject, insert_overlay, write_overlay};

pub(super) const PASS: Pass = Pass {
    name: "advanced-overlay",
    subject: Subject::Hosts,
    wanted: |recipe| {
        recipe
            .advanced
            .as_ref()
            .is_some_and(|advanced| advanced.enabled)
    },
    by_earlier: false,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    for advanced in context
        .recipe
        .advanced
        .iter()
        .filter(|advanced| advanced.enabled)
    {
        write_overlay::ensure(changes, context, &advanced.overlay);
        let overlay = Applied::file(&advanced.overlay, context.layout);
        insert_overlay::ensure(changes, context, overlay);
    }
}
