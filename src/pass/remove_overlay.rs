//! Deletes the old overlay's file with every reference to it.
//!
//! ```nix
//! nixpkgs.overlays = [ overlay-stable (import ./nixos/pkgs/llama-cpp-variants.nix inputs) ];
//! ```
//! ->
//! ```nix
//! nixpkgs.overlays = [ overlay-stable ];
//! ```

mod orphans;
mod out_of_sight;
mod unreference;

use super::{Changes, Context, Pass, Subject, references};
use crate::diagnostic::{Diagnostic, Severity};
use crate::path::RepoPath;
use crate::plan::StepKind;
use crate::recipe::Remove;

pub(super) const PASS: Pass = Pass {
    name: "remove-overlay",
    subject: Subject::Hosts,
    wanted: |recipe| recipe.remove != Remove::default(),
    by_earlier: false,
    run,
};

fn run(changes: &mut Changes, context: &Context) {
    for old in &context.layout.removed {
        if changes.tree.file(old).is_err() {
            continue;
        }
        if !context.going.contains(old) {
            changes.say(kept(old));
        } else if orphans::check(changes, context, old)
            && out_of_sight::check(changes, context, old)
            && remove_references(changes, old)
        {
            changes.delete(old);
            let sentence = format!("Delete `{old}` and every reference to it");
            changes.done(sentence.clone());
            changes.step(StepKind::RemoveOverlay(old.clone()), sentence);
        }
    }
}

fn kept(old: &RepoPath) -> Diagnostic {
    let message = format!("`{old}` stays: a host that is left as it is applies it");
    Diagnostic::new(Severity::Note, "old-overlay-kept", message)
        .in_file(old.clone())
        .help("it goes in the run that migrates that host")
}

/// Removes the references one by one, each from the text that the one before it left.
fn remove_references(changes: &mut Changes, old: &RepoPath) -> bool {
    changes.flush();
    while let Some(first) = references(&changes.tree, old).first() {
        let why = match unreference::edits(first) {
            // Every round makes some file shorter, so this ends.
            Ok(edits) => {
                changes.edit(&first.file.path, edits);
                if changes.flush() {
                    continue;
                }
                "nothing of it could be removed".to_string()
            }
            Err(why) => why,
        };
        let message = format!("cannot remove a reference to `{old}`: {why}");
        let diagnostic = Diagnostic::error("reference-kept", message)
            .at(first.file.path.clone(), first.range.clone())
            .help(format!(
                "remove this reference by hand, or keep the file with --skip {}",
                PASS.name
            ));
        changes.say(diagnostic);
        return false;
    }
    true
}
