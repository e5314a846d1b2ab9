//! Writes the overlay file.

use super::{Changes, Context, Pass, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flake::overlays::names_of_overlay;
use crate::path::RepoPath;
use crate::plan::StepKind;
use crate::recipe::Overlay;
use crate::tree::ReadProblem;

pub(super) const PASS: Pass = Pass {
    name: "write-overlay",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.overlay.is_some(),
    by_earlier: false,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    if let Some(overlay) = &context.recipe.overlay {
        ensure(changes, context, overlay);
    }
}

/// Sees to it that the overlay's file is there. One that the user has changed stays, if it still is such an overlay.
pub(super) fn ensure(changes: &mut Changes, context: &Context, overlay: &Overlay) {
    let path = &context.layout.overlays[&overlay.path];
    match changes.tree.file(path) {
        Err(ReadProblem::Missing) => {
            changes.create(path, overlay.text.clone());
            let sentence = format!("Write the overlay `{path}`");
            changes.done(sentence.clone());
            changes.step(StepKind::WriteOverlay(path.clone()), sentence);
        }
        Ok(file) if file.text == overlay.text => {}
        Ok(_) if defines_all(context, path, overlay) => {}
        Ok(_) | Err(ReadProblem::Unreadable(_)) => {
            let message = format!(
                "`{path}` is there already, and it is not the overlay that nixfix would write"
            );
            let help = "rename it, or set `overlay.path` in nixfix.toml to another file";
            changes.say(
                Diagnostic::new(Severity::Error, "file-taken", message)
                    .in_file(path.clone())
                    .help(help),
            );
        }
    }
}

fn defines_all(context: &Context, path: &RepoPath, overlay: &Overlay) -> bool {
    let ev = &context.model.flake.ev;
    let argument = crate::eval::value::Thunk::done(crate::eval::value::Value::unknown(
        "the argument of the overlay",
    ));
    let function = ev.apply(&ev.import(path), &argument);
    let (Ok(names) | Err(names)) = names_of_overlay(&context.model.flake, &function);
    overlay
        .defines
        .iter()
        .all(|name| names.contains(name.as_str()))
}
