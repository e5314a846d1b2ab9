//! `--format json`: the plan as one object, the contract for scripts.
//!
//! The names and their meaning are stable within a `version`; a field is never left out, only null.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{self, FileChange, HostPlan, HostStatus, Location, Plan};
use crate::report::header::Kind;
use crate::report::hosts::{confidence_word, status_word};
use crate::report::position::position;
use crate::report::visible::in_json;
use crate::report::{Outcome, Texts};

/// `plan` as JSON with a final line feed. `commit` is the hash of the commit that was made of it, if one was.
pub fn json(plan: &Plan, outcome: Outcome, texts: Texts<'_>, commit: Option<&str>) -> String {
    let report = Report {
        version: 1,
        status: outcome_word(outcome),
        flake: plan.flake.as_str(),
        hosts: plan.hosts.iter().map(host).collect(),
        files: plan.changes.iter().map(file).collect(),
        diagnostics: plan
            .diagnostics
            .iter()
            .map(|said| diagnostic(said, texts))
            .collect(),
        commit,
    };
    let json = serde_json::to_string_pretty(&report).expect("text and numbers always serialise");
    in_json(&json) + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    status: &'static str,
    flake: &'a str,
    hosts: Vec<Host<'a>>,
    files: Vec<File<'a>>,
    diagnostics: Vec<Said<'a>>,
    commit: Option<&'a str>,
}

#[derive(Serialize)]
struct Host<'a> {
    name: &'a str,
    system: Option<&'a str>,
    status: &'static str,
    reason: Option<&'a str>,
    machine_file: Option<&'a str>,
    profile: Option<&'a str>,
    confidence: Option<&'static str>,
    evidence: Vec<Evidence<'a>>,
    overlay_at: Option<At<'a>>,
    profile_at: Option<At<'a>>,
}

#[derive(Serialize)]
struct Evidence<'a> {
    file: &'a str,
    line: usize,
    says: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct Said<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<&'a str>,
}

fn host(host: &HostPlan) -> Host<'_> {
    Host {
        name: &host.name,
        system: host.system.as_deref(),
        status: match host.status {
            // For a script it is the same: the host is as it was, and `reason` says why.
            HostStatus::LeftOut => status_word(HostStatus::Refused),
            status => status_word(status),
        },
        reason: host.reason.as_deref(),
        machine_file: host.machine_file.as_ref().map(|file| file.as_str()),
        profile: host.profile.as_deref(),
        confidence: host.confidence.map(confidence_word),
        evidence: host.evidence.iter().map(evidence).collect(),
        overlay_at: host.overlay_at.as_ref().map(at),
        profile_at: host.profile_at.as_ref().map(at),
    }
}

fn evidence(evidence: &plan::Evidence) -> Evidence<'_> {
    Evidence {
        file: evidence.file.as_str(),
        line: evidence.line,
        says: &evidence.says,
        text: &evidence.text,
    }
}

fn at(location: &Location) -> At<'_> {
    At {
        file: location.file.as_str(),
        line: location.line,
    }
}

fn file(change: &FileChange) -> File<'_> {
    File {
        path: change.path.as_str(),
        kind: Kind::of(change).word(),
    }
}

fn diagnostic<'a>(said: &'a Diagnostic, texts: Texts<'_>) -> Said<'a> {
    let position = said.place.as_ref().and_then(|place| {
        let range = place.range?;
        Some(position(&texts(&place.file)?, range.start))
    });
    Said {
        severity: severity_word(said.severity),
        code: said.code,
        message: &said.message,
        file: said.place.as_ref().map(|place| place.file.as_str()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        help: said.help.as_deref(),
    }
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Changes => "changes",
        Outcome::Clean => "clean",
        Outcome::Refused => "refused",
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    const EXPECTED: &str = r#"{
  "version": 1,
  "status": "changes",
  "flake": "flake.nix",
  "hosts": [
    {
      "name": "carbon",
      "system": "x86_64-linux",
      "status": "changes",
      "reason": null,
      "machine_file": "machines/carbon.nix",
      "profile": "cuda",
      "confidence": "certain",
      "evidence": [
        {
          "file": "machines/carbon.nix",
          "line": 12,
          "says": "cuda",
          "text": "services.xserver.videoDrivers"
        }
      ],
      "overlay_at": {
        "file": "flake.nix",
        "line": 60
      },
      "profile_at": {
        "file": "machines/carbon.nix",
        "line": 3
      }
    },
    {
      "name": "nitrogen",
      "system": null,
      "status": "refused",
      "reason": "its module list is made by `mkHost`, which is not understood",
      "machine_file": null,
      "profile": null,
      "confidence": null,
      "evidence": [],
      "overlay_at": null,
      "profile_at": null
    }
  ],
  "files": [
    {
      "path": "flake.nix",
      "kind": "modify"
    },
    {
      "path": "machines/hardware-profiles/cuda.nix",
      "kind": "create"
    },
    {
      "path": "old.nix",
      "kind": "delete"
    }
  ],
  "diagnostics": [
    {
      "severity": "error",
      "code": "host-not-understood",
      "message": "cannot prove `nitrogen`",
      "file": "flake.nix",
      "line": 3,
      "column": 3,
      "help": "add the overlay yourself:\nnixpkgs.overlays = [\n  x\n];"
    },
    {
      "severity": "error",
      "code": "file-ignored",
      "message": "git ignores the file",
      "file": "a.nix",
      "line": null,
      "column": null,
      "help": null
    }
  ],
  "commit": "0123abc"
}
"#;

    #[test]
    fn the_object_has_every_field_in_the_order_of_the_contract() {
        let mut plan = fixture::plan();
        plan.hosts.remove(1);
        assert_eq!(
            json(&plan, Outcome::Changes, &fixture::texts, Some("0123abc")),
            EXPECTED
        );
    }
}
