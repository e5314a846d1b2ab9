//! One repository: apply, apply again, and what Nix's parser says of the result.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::copy::Copy;
use crate::nix::Nix;

/// What became of a flake.
pub struct Swept {
    /// The repository, and the flake's directory in it.
    pub name: String,
    /// Each host with the reason for its refusal, if it was refused.
    pub hosts: Vec<(String, Option<String>)>,
    /// Why nothing was done for the flake as a whole.
    pub refused: Option<String>,
    /// What must never be, such as a crash.
    wrong: Vec<String>,
    took: Duration,
}

/// Sweeps the flake at the root of a repository, or, where there is none, those of its directories.
pub fn sweep(name: &str, directory: &Path, nix: &Nix) -> Vec<Swept> {
    if directory.join("flake.nix").exists() {
        return vec![sweep_flake(name, directory, ".", nix)];
    }
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    let mut flakes: Vec<String> = entries
        .filter(|entry| entry.path().join("flake.nix").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    flakes.sort();
    flakes
        .iter()
        .map(|flake| sweep_flake(&format!("{name}/{flake}"), directory, flake, nix))
        .collect()
}

fn sweep_flake(name: &str, directory: &Path, flake: &str, nix: &Nix) -> Swept {
    let copy = Copy::of(directory);
    let mut swept = Swept {
        name: name.to_string(),
        hosts: Vec::new(),
        refused: None,
        wrong: Vec::new(),
        took: Duration::ZERO,
    };
    let begun = Instant::now();
    let applied = swept.apply(&copy, flake);
    swept.took = begun.elapsed();
    let Some((report, 0)) = applied else {
        if let Some((report, _)) = applied {
            swept.read(&report);
        }
        swept.expect_head(&copy, "1", "a refused apply");
        return swept;
    };
    swept.read(&report);
    let commits = copy.git(&["rev-list", "--count", "HEAD"]);
    swept.expect_parsed(&copy, nix);
    if let Some((again, _)) = swept.apply(&copy, flake)
        && again["files"]
            .as_array()
            .is_none_or(|files| !files.is_empty())
    {
        swept
            .wrong
            .push(format!("a second apply changes {}", again["files"]));
    }
    swept.expect_head(&copy, commits.trim(), "a second apply");
    swept
}

impl Swept {
    /// The report and the exit code; nothing if it crashed.
    fn apply(&mut self, copy: &Copy, flake: &str) -> Option<(Value, i32)> {
        let arguments = [
            "apply",
            "--keep-going",
            "--no-lock",
            "--format",
            "json",
            flake,
        ];
        let output = copy.run(env!("CARGO_BIN_EXE_nixfix"), &arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let code = output.status.code();
        if !matches!(code, Some(0 | 2)) || stderr.contains("panicked at") {
            self.wrong
                .push(format!("crashed ({}): {stderr}", output.status));
            return None;
        }
        match serde_json::from_slice(&output.stdout) {
            Ok(report) => Some((report, code?)),
            // What fails before there is a plan has a message only.
            Err(_) if code == Some(2) => {
                self.refused = stderr.lines().next().map(str::to_string);
                None
            }
            Err(error) => {
                self.wrong.push(format!("printed no JSON: {error}"));
                None
            }
        }
    }

    fn read(&mut self, report: &Value) {
        let text = |value: &Value| value.as_str().map(str::to_string);
        if report["status"] == "refused" {
            let diagnostics = report["diagnostics"].as_array().into_iter().flatten();
            let error = diagnostics
                .filter(|said| said["severity"] == "error")
                .find_map(|said| text(&said["message"]));
            self.refused = Some(error.unwrap_or_else(|| "no error says why".to_string()));
        }
        for host in report["hosts"].as_array().into_iter().flatten() {
            let own = (host["status"] == "refused").then(|| text(&host["reason"]));
            let reason = own.map(|reason| reason.unwrap_or_else(|| "no reason".to_string()));
            let name = text(&host["name"]).unwrap_or_default();
            self.hosts
                .push((name, reason.or_else(|| self.refused.clone())));
        }
    }

    fn expect_head(&mut self, copy: &Copy, commits: &str, what: &str) {
        if copy.git(&["rev-list", "--count", "HEAD"]).trim() != commits {
            self.wrong.push(format!("{what} made a commit"));
        }
        let left = copy.git(&["status", "--porcelain"]);
        if !left.is_empty() {
            self.wrong.push(format!("{what} left changes:\n{left}"));
        }
    }

    /// Every changed file parses, other than those that never did.
    fn expect_parsed(&mut self, copy: &Copy, nix: &Nix) {
        let commits = copy.git(&["rev-list", "--count", "HEAD"]);
        if commits.trim() == "1" {
            return;
        }
        let changed = copy.git(&[
            "diff",
            "--name-only",
            "-z",
            "--diff-filter=d",
            "--no-renames",
            "HEAD~1",
            "HEAD",
            "--",
            "*.nix",
        ]);
        let paths: Vec<&str> = changed
            .split('\0')
            .filter(|path| !path.is_empty())
            .collect();
        let files: Vec<PathBuf> = paths.iter().map(|path| copy.root().join(path)).collect();
        if nix.parse(&files).unwrap().is_none() {
            return;
        }
        for path in paths {
            let file = copy.root().join(path);
            let Some(message) = nix.parse(&[file.clone()]).unwrap() else {
                continue;
            };
            let before = copy.run("git", &["show", &format!("HEAD~1:{path}")]);
            let after = fs::read(&file).unwrap();
            fs::write(&file, before.stdout).unwrap();
            let parsed_before =
                before.status.success() && nix.parse(&[file.clone()]).unwrap().is_none();
            fs::write(&file, after).unwrap();
            if parsed_before || !before.status.success() {
                self.wrong.push(format!("{path} does not parse: {message}"));
            }
        }
    }

    /// What must never be, each with the repository's name.
    pub fn failures(&self) -> Vec<String> {
        let named = |wrong: &String| format!("{}: {wrong}", self.name);
        self.wrong.iter().map(named).collect()
    }

    /// How many hosts were migrated.
    pub fn migrated(&self) -> usize {
        self.hosts.iter().filter(|(_, why)| why.is_none()).count()
    }
}

impl fmt::Display for Swept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, migrated) = (self.hosts.len(), self.migrated());
        let seconds = self.took.as_secs_f64();
        writeln!(
            f,
            "{}: {migrated} of {found} hosts migrated, in {seconds:.1} s",
            self.name
        )?;
        for (host, why) in &self.hosts {
            if let Some(why) = why {
                writeln!(f, "    {host}: {why}")?;
            }
        }
        if let (Some(why), 0) = (&self.refused, found) {
            writeln!(f, "    {why}")?;
        }
        self.wrong
            .iter()
            .try_for_each(|wrong| writeln!(f, "    WRONG: {wrong}"))
    }
}
