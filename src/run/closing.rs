//! The last words of a run: the commit's message, and how to verify and undo what was done.

use std::path::Path;

use super::landing::Landed;
use super::lock::Locked;
use crate::plan::{HostStatus, Plan};
use crate::recipe::Recipe;

/// What to do about staged files that are not all there is to do.
pub(super) fn staged(recipe: Option<&Path>) -> String {
    let recipe = recipe.map(|file| format!(" --recipe {}", file.display()));
    let recipe = recipe.unwrap_or_default();
    format!(
        "note: this is missing in what is staged; \
         `nixfix apply{recipe} --no-commit --allow-dirty` writes and stages it\n"
    )
}

/// The commit message: a subject, and what was done.
pub(super) fn commit_message(plan: &Plan, recipe: &Recipe, lock: Option<String>) -> String {
    let subject = &recipe.title;
    let body: Vec<String> = plan
        .done
        .iter()
        .chain(&lock)
        .map(|sentence| format!("- {}", plain(sentence)))
        .collect();
    format!("{subject}\n\n{}\n", body.join("\n"))
}

fn plain(sentence: &str) -> String {
    sentence.replace('`', "")
}

/// What to run to verify the result, and to undo it.
pub(super) fn text(plan: &Plan, recipe: &Recipe, landed: &Landed) -> String {
    let mut text = match &landed.commit {
        Some(commit) => format!("committed {}; `git revert {0}` undoes it\n", &commit[..commit.len().min(10)]),
        None => "written and added to the index, not committed; `git restore --staged --worktree FILES` undoes it\n".to_string(),
    };
    if let Locked::Written(change) = &landed.locked {
        text.push_str(&format!("`{}` has the new input as well\n", change.path));
    }
    let package = |profile: &str| {
        recipe
            .known_profiles()
            .find(|one| one.name == profile)?
            .package
            .clone()
    };
    let host = plan
        .hosts
        .iter()
        .find(|host| host.status == HostStatus::Changes);
    text.push_str("to verify:\n  nixfix verify\n  nix flake check\n");
    if let Some((host, package)) =
        host.and_then(|host| Some((&host.name, package(host.profile.as_ref()?)?)))
    {
        let path = format!("nixosConfigurations.{}.pkgs.{package}", attribute(host));
        // Quotes in the path are for Nix, so the shell has to leave them alone.
        let quote = if path.contains('"') { "'" } else { "" };
        text.push_str(&format!("  nix build {quote}.#{path}{quote}\n"));
        let inspect = recipe
            .profiles
            .as_ref()
            .and_then(|one| one.inspect.as_ref());
        if let Some(attribute) = inspect {
            text.push_str(&format!("  nix eval {quote}.#{path}.{attribute}{quote}\n"));
        }
    }
    text
}

/// A host's name in an attribute path on the command line.
fn attribute(host: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if host.bytes().all(is_plain) {
        host.to_string()
    } else {
        format!("\"{host}\"")
    }
}
