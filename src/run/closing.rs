//! The last words of a run: the commit's message, and how to verify and undo what was done.

use super::landing::Landed;
use super::lock::Locked;
use crate::plan::{HostStatus, Plan};
use crate::recipe::Recipe;

/// The commit message: a subject, and what was done.
pub(super) fn commit_message(plan: &Plan, lock: Option<String>) -> String {
    let subject = "Migrate llama.cpp to its official flake";
    let body: Vec<String> = plan.done.iter().chain(&lock).map(|sentence| format!("- {}", plain(sentence))).collect();
    format!("{subject}\n\n{}\n", body.join("\n"))
}

fn plain(sentence: &str) -> String {
    sentence.replace('`', "")
}

/// What to run to verify the result, and to undo it.
pub(super) fn text(plan: &Plan, recipe: &Recipe, landed: &Landed) -> String {
    let mut text = match &landed.commit {
        Some(commit) => format!("committed {}; `git revert {0}` undoes it\n", &commit[..commit.len().min(10)]),
        None => "written and added to the index, not committed; `git restore --staged --worktree` undoes it\n".to_string(),
    };
    if let Locked::Written(change) = &landed.locked {
        text.push_str(&format!("`{}` has the new input as well\n", change.path));
    }
    let package = |profile: &str| recipe.known_profiles().find(|one| one.name == profile)?.package.clone();
    let host = plan.hosts.iter().find(|host| host.status == HostStatus::Changes);
    text.push_str("to verify:\n  nixfix verify\n  nix flake check\n");
    if let Some((host, package)) = host.and_then(|host| Some((&host.name, package(host.profile.as_ref()?)?))) {
        text.push_str(&format!("  nix build .#nixosConfigurations.{host}.pkgs.{package}\n"));
        text.push_str(&format!("  nix eval .#nixosConfigurations.{host}.pkgs.{package}.cmakeFlags\n"));
    }
    text
}
