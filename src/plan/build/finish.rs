//! The Plan of what the passes did: the files, what is said, and whether anything may be written.

use std::collections::BTreeMap;

use super::Planner;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pass::Changes;
use crate::path::RepoPath;
use crate::plan::{FileChange, Plan};
use crate::tree::Tree;

impl Planner<'_> {
    /// The plan of `changes`, of which the proof said `failures` for the flake as a whole.
    pub(super) fn finish(self, changes: Changes, failures: Vec<Diagnostic>) -> Plan {
        let mut diagnostics = self.flaws.clone();
        diagnostics.extend(changes.diagnostics.iter().cloned());
        diagnostics.extend(failures);
        let left_out = &self.request.left_out.hosts;
        diagnostics.retain(|said| {
            let host = said.host.as_ref();
            said.severity == Severity::Error || host.is_none_or(|host| !left_out.contains(host))
        });
        let flawed = diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        let none_left = self.excluded().len() == self.before.flake.hosts.len();
        let refused =
            flawed || (!self.refused.is_empty() && (none_left || !self.request.keep_going));
        let flaw = diagnostics
            .iter()
            .find(|diagnostic| diagnostic.severity == Severity::Error)
            .cloned();
        diagnostics.extend(by_hosts(&self.refused));
        diagnostics
            .sort_by(|a, b| (a.severity, &a.place, &a.host).cmp(&(b.severity, &b.place, &b.host)));
        let hosts = self
            .before
            .hosts()
            .iter()
            .map(|host| self.host(host, &changes, flaw.as_ref()))
            .collect();
        let file_changes = if refused {
            Vec::new()
        } else {
            file_changes(self.before.flake.tree(), &changes)
        };
        let already = self.already(&changes);
        let (done, steps) = match refused {
            true => (Vec::new(), Vec::new()),
            false => (changes.done, changes.steps),
        };
        Plan {
            flake: self.request.flake.clone(),
            hosts,
            changes: file_changes,
            done,
            already,
            steps,
            diagnostics,
            refused,
        }
    }
}

/// The refusals of hosts, one for all hosts that are refused for the same reason at the same place.
fn by_hosts(refused: &BTreeMap<String, Diagnostic>) -> Vec<Diagnostic> {
    let mut grouped: Vec<(Vec<&str>, Diagnostic)> = Vec::new();
    for (host, diagnostic) in refused {
        let alike = |one: &Diagnostic| {
            Diagnostic {
                host: None,
                ..one.clone()
            } == Diagnostic {
                host: None,
                ..diagnostic.clone()
            }
        };
        match grouped.iter_mut().find(|(_, one)| alike(one)) {
            Some((hosts, _)) => hosts.push(host),
            None => grouped.push((vec![host], diagnostic.clone())),
        }
    }
    let named = |(hosts, diagnostic): (Vec<&str>, Diagnostic)| {
        let names: Vec<_> = hosts.iter().map(|host| format!("`{host}`")).collect();
        let word = if names.len() == 1 { "host" } else { "hosts" };
        Diagnostic {
            message: format!("{word} {}: {}", names.join(", "), diagnostic.message),
            ..diagnostic
        }
    };
    grouped.into_iter().map(named).collect()
}

fn file_changes(before: &Tree, changes: &Changes) -> Vec<FileChange> {
    let text = |path: &RepoPath| before.file(path).ok().map(|file| file.text.clone());
    let mut all: Vec<FileChange> = Vec::new();
    for (path, file) in changes.tree.changed() {
        let change = FileChange {
            path: path.clone(),
            before: text(path),
            after: file.map(|file| file.text.clone()),
        };
        if change.before != change.after {
            all.push(change);
        }
    }
    all
}
