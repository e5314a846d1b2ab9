//! Every corpus case under the real Nix, before and after; and the judge itself judged, on migrations made wrong on purpose.

mod support;

use std::path::Path;

use anyhow::{Context, Result};
use support::compare::problems;
use support::evaluate::{Repo, evaluate};
use support::expectation::Expectation;

/// Cases that are refused or change nothing have no `after`.
fn corpus() -> Result<Vec<Repo>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut repos = Vec::new();
    if !corpus.exists() {
        return Ok(repos);
    }
    for entry in std::fs::read_dir(&corpus).context("read the corpus")? {
        let case = entry?.path();
        let (before, after) = (case.join("before"), case.join("after"));
        if before.is_dir() && after.is_dir() {
            let name = case.file_name().unwrap_or_default().to_string_lossy();
            repos.push(Repo::read(&name, &before, &after)?);
        }
    }
    repos.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(repos)
}

#[test]
fn every_corpus_case_is_right_under_the_real_nix() {
    let repos = corpus().unwrap();
    let comparisons = evaluate(&repos).unwrap();
    let expected = Expectation::default();
    let found: Vec<String> = comparisons
        .iter()
        .flat_map(|comparison| problems(comparison, &expected))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A right migration of a small fleet, to be spoilt.
fn fleet(name: &str) -> Repo {
    let harness = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nix/harness");
    let (before, after) = (harness.join("before"), harness.join("after"));
    Repo::read(name, &before, &after).unwrap()
}

/// What a wrong migration does to a file of the right one, and what the judge must say.
struct Spoilt {
    name: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    says: &'static [&'static str],
}

const SPOILT: &[Spoilt] = &[Spoilt {
    name: "the overlay is missing in one host",
    file: "machines/boron.nix",
    from: "  networking",
    to: "  nixpkgs.overlays = (import <nix/none>);\n  networking",
    says: &["host `boron`: does not evaluate after"],
}];

impl Spoilt {
    fn repo(&self) -> Repo {
        let mut repo = fleet(self.name);
        let file = repo.after.get_mut(self.file).unwrap();
        let text = String::from_utf8(file.clone()).unwrap();
        assert!(text.contains(self.from), "{}: nothing to spoil", self.name);
        *file = text.replacen(self.from, self.to, 1).into_bytes();
        repo
    }
}

#[test]
fn a_right_migration_has_no_problems() {
    let comparisons = evaluate(&[fleet("fleet")]).unwrap();
    let found = problems(&comparisons[0], &Expectation::default());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_wrong_migration_is_caught_and_names_its_host() {
    let repos: Vec<Repo> = SPOILT.iter().map(Spoilt::repo).collect();
    let comparisons = evaluate(&repos).unwrap();
    for (spoilt, comparison) in SPOILT.iter().zip(&comparisons) {
        let found = problems(comparison, &Expectation::default());
        println!("{found:#?}");
        for says in spoilt.says {
            assert!(
                found.iter().any(|one| one.contains(says)),
                "{}: {found:#?}",
                spoilt.name
            );
        }
    }
}
