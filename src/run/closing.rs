//! The last words of a run: the commit's message, and how to verify and undo what was done.

use super::locate::Site;
use crate::plan::{HostStatus, Plan};
use crate::recipe::Recipe;

/// The commit message: a subject, and what was done.
pub(super) fn commit_message(plan: &Plan) -> String {
    let subject = "Migrate llama.cpp to its official flake";
    let body: Vec<String> = plan.done.iter().map(|sentence| format!("- {}", plain(sentence))).collect();
    format!("{subject}\n\n{}\n", body.join("\n"))
}

fn plain(sentence: &str) -> String {
    sentence.replace('`', "")
}

/// What to run to verify the result, and to undo it.
pub(super) fn text(site: &Site, plan: &Plan, recipe: &Recipe, commit: Option<&str>) -> String {
    let mut text = match commit {
        Some(commit) => format!("committed {}; `git revert {0}` undoes it\n", &commit[..commit.len().min(10)]),
        None => "written and added to the index, not committed; `git restore --staged --worktree` undoes it\n".to_string(),
    };
    let lock = site.directory().join("flake.lock").is_some_and(|path| site.tree.file(&path).is_ok());
    let locks = plan.changes.iter().any(|change| change.path == plan.flake);
    if lock && locks {
        text.push_str("flake.lock lacks the new input: run `nix flake lock` and commit the result\n");
    }
    let package = |profile: &str| recipe.known_profiles().find(|one| one.name == profile)?.package.clone();
    let host = plan.hosts.iter().find(|host| host.status == HostStatus::Changes);
    text.push_str("to verify:\n  nix flake check\n");
    if let Some((host, package)) = host.and_then(|host| Some((&host.name, package(host.profile.as_ref()?)?))) {
        text.push_str(&format!("  nix build .#nixosConfigurations.{host}.pkgs.{package}\n"));
        text.push_str(&format!("  nix eval .#nixosConfigurations.{host}.pkgs.{package}.cmakeFlags\n"));
    }
    text
}
