//! A plan with something of everything, for the tests of the report.

use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::path::RepoPath;
use crate::plan::{Confidence, Evidence, FileChange, HostPlan, HostStatus, Location, Plan};

pub(super) const FLAKE: &str =
    "{\n  inputs.nixpkgs.url = \"nixpkgs\";\n  outputs = inputs: { };\n}\n";

pub(super) fn path(path: &str) -> RepoPath {
    RepoPath::new(path).unwrap()
}

pub(super) fn change(file: &str, before: Option<&str>, after: Option<&str>) -> FileChange {
    FileChange {
        path: path(file),
        before: before.map(Rc::from),
        after: after.map(Rc::from),
    }
}

/// A text lookup that knows `FLAKE` only.
pub(super) fn texts(file: &RepoPath) -> Option<Rc<str>> {
    (file.as_str() == "flake.nix").then(|| Rc::from(FLAKE))
}

fn host(name: &str, status: HostStatus) -> HostPlan {
    HostPlan {
        name: name.to_string(),
        system: None,
        status,
        reason: None,
        machine_file: None,
        profile: None,
        confidence: None,
        evidence: Vec::new(),
        overlay_at: None,
        profile_at: None,
    }
}

pub(super) fn plan() -> Plan {
    let at = |file: &str, line| {
        Some(Location {
            file: path(file),
            line,
        })
    };
    let carbon = HostPlan {
        system: Some("x86_64-linux".to_string()),
        machine_file: Some(path("machines/carbon.nix")),
        profile: Some("cuda".to_string()),
        confidence: Some(Confidence::Certain),
        evidence: vec![Evidence {
            file: path("machines/carbon.nix"),
            line: 12,
            says: "cuda".to_string(),
            text: "services.xserver.videoDrivers".to_string(),
        }],
        overlay_at: at("flake.nix", 60),
        profile_at: at("machines/carbon.nix", 3),
        ..host("carbon", HostStatus::Changes)
    };
    let boron = HostPlan {
        machine_file: Some(path("machines/boron.nix")),
        profile: Some("cpu-optimized".to_string()),
        confidence: Some(Confidence::Default),
        overlay_at: at("flake.nix", 80),
        ..host("boron", HostStatus::Clean)
    };
    let nitrogen = HostPlan {
        reason: Some("its module list is made by `mkHost`, which is not understood".to_string()),
        ..host("nitrogen", HostStatus::Refused)
    };
    Plan {
        flake: path("flake.nix"),
        hosts: vec![carbon, boron, nitrogen],
        changes: vec![
            change(
                "flake.nix",
                Some(FLAKE),
                Some(&FLAKE.replace("inputs: { }", "inputs: {\n  }")),
            ),
            change("machines/hardware-profiles/cuda.nix", None, Some("{\n}\n")),
            change("old.nix", Some("x\n"), None),
        ],
        done: vec![
            "Add input `llama-cpp`".to_string(),
            "Delete `old.nix`".to_string(),
        ],
        already: vec!["The flake has the input `llama-cpp`".to_string()],
        steps: Vec::new(),
        refused: false,
        diagnostics: vec![
            Diagnostic::error("host-not-understood", "cannot prove `nitrogen`")
                .at(path("flake.nix"), 38..45)
                .host("nitrogen")
                .help("add the overlay yourself:\nnixpkgs.overlays = [\n  x\n];"),
            Diagnostic::error("file-ignored", "git ignores the file").in_file(path("a.nix")),
        ],
    }
}
