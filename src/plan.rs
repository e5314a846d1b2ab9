//! The Plan: what will happen to the repository, as data that the report shows, `write` writes and `git` commits.

mod build;
mod choices;
mod layout;
mod naming;
mod step;
mod unknown;

#[cfg(test)]
mod frameworks;

use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;

pub use self::build::{Request, build};
pub use self::step::{LeftOut, Step, StepFile, StepKind};

/// Everything one run decided: nothing of it is on disk yet.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The flake.nix that was read.
    pub flake: RepoPath,
    /// Every host of the flake, in the order in which the flake lists them.
    pub hosts: Vec<HostPlan>,
    /// The files to change, sorted by path.
    pub changes: Vec<FileChange>,
    /// What was done, a sentence each, in pass order: the body of the commit message.
    pub done: Vec<String>,
    /// What was there before, a sentence each.
    pub already: Vec<String>,
    /// What was done as steps, in the order in which they were made.
    pub steps: Vec<Step>,
    /// What to tell the user, errors first, then by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether an error keeps anything from being changed. Errors about hosts that are left alone on purpose do not.
    pub refused: bool,
}

/// One file before and after. `before` is `None` for a created file, `after` for a deleted one; never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: RepoPath,
    /// Its text as it was read.
    pub before: Option<Rc<str>>,
    /// Its text as it will be.
    pub after: Option<Rc<str>>,
}

/// What happens to a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostStatus {
    /// Something is still to be done for it, and will be.
    Changes,
    /// It has everything already.
    Clean,
    /// It cannot be proven; it is left as it is.
    Refused,
    /// The user wants it left as it is.
    LeftOut,
}

/// How sure nixfix is of a host's profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// The user said so.
    Given,
    /// An unconditional setting says so.
    Certain,
    /// Strong but indirect evidence.
    Likely,
    /// No evidence: the recipe's default.
    Default,
    /// The evidence contradicts itself.
    Contradictory,
}

/// A line of the user's configuration that speaks for a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The file.
    pub file: RepoPath,
    /// 1-based line.
    pub line: usize,
    /// The profile it speaks for.
    pub says: String,
    /// The setting, such as `services.xserver.videoDrivers`.
    pub text: String,
}

/// A 1-based line of a file, in the text before any edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub file: RepoPath,
    /// 1-based line.
    pub line: usize,
}

/// One host in the plan.
#[derive(Debug, Clone)]
pub struct HostPlan {
    /// Its attribute name under `nixosConfigurations`.
    pub name: String,
    /// Its system, where the flake says it.
    pub system: Option<String>,
    /// What happens to it.
    pub status: HostStatus,
    /// Why it is refused.
    pub reason: Option<String>,
    /// The file that is this machine's own configuration.
    pub machine_file: Option<RepoPath>,
    /// The profile it gets or has.
    pub profile: Option<String>,
    /// How sure that is.
    pub confidence: Option<Confidence>,
    /// What that rests on.
    pub evidence: Vec<Evidence>,
    /// Where the overlay is added, or already stands.
    pub overlay_at: Option<Location>,
    /// Where the profile is imported, or already stands.
    pub profile_at: Option<Location>,
}
