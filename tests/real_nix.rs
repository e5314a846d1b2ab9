//! Every corpus case under the real Nix, before and after; and the judge itself judged, on migrations made wrong on purpose.

mod support;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use support::case;
use support::compare::problems;
use support::evaluate::{Repo, evaluate};
use support::expectation::{Expectation, Gains};
use support::nix::Nix;

/// The cases that change something, by name.
fn corpus() -> Result<Vec<(Repo, Expectation)>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut cases = Vec::new();
    if corpus.exists() {
        for entry in std::fs::read_dir(&corpus).context("read the corpus")? {
            cases.extend(case::read(&entry?.path())?);
        }
    }
    cases.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    Ok(cases)
}

#[test]
fn every_corpus_case_is_right_under_the_real_nix() {
    let (repos, expected): (Vec<Repo>, Vec<Expectation>) = corpus().unwrap().into_iter().unzip();
    let comparisons = evaluate(&repos).unwrap();
    let pairs = comparisons.iter().zip(&expected);
    let found: Vec<String> = pairs
        .flat_map(|(comparison, expected)| problems(comparison, expected))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A right migration of a small fleet.
fn fleet(name: &str) -> Result<Repo> {
    let harness = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nix/harness");
    Repo::read(name, &harness.join("before"), &harness.join("after"))
}

/// `tests/nix/harness/wrong.toml`: that migration made wrong, in many ways.
#[derive(Deserialize)]
struct WrongMigrations {
    wrong: Vec<Wrong>,
}

#[derive(Deserialize)]
struct Wrong {
    name: String,
    edits: Vec<Replace>,
    says: Vec<String>,
}

#[derive(Deserialize)]
struct Replace {
    file: String,
    from: String,
    to: String,
}

impl Wrong {
    fn repo(&self) -> Result<Repo> {
        let mut repo = fleet(&self.name)?;
        for Replace { file, from, to } in &self.edits {
            let bytes = repo.after.get_mut(file).context("no such file")?;
            let text = String::from_utf8(bytes.clone())?;
            ensure!(text.contains(from), "{}: no `{from}`", self.name);
            *bytes = text.replacen(from, to, 1).into_bytes();
        }
        Ok(repo)
    }
}

#[test]
fn the_stub_nixpkgs_keeps_the_rules_of_the_real_one() {
    let said = Nix::new()
        .and_then(|nix| nix.eval("harness/stubs.nix", &json!({ "cases": {} })))
        .unwrap();
    assert_eq!(said.failure, None);
    let broken: Vec<&Value> = said
        .values
        .iter()
        .filter(|rule| rule["got"] != rule["want"])
        .collect();
    assert!(!said.values.is_empty() && broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_right_migration_has_no_problems() {
    let comparisons = evaluate(&[fleet("fleet").unwrap()]).unwrap();
    let found = problems(&comparisons[0], &Expectation::default());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_wrong_migration_is_caught_and_names_its_host() {
    let text = include_str!("nix/harness/wrong.toml");
    let WrongMigrations { wrong } = toml::from_str(text).unwrap();
    let repos: Result<Vec<Repo>> = wrong.iter().map(Wrong::repo).collect();
    let comparisons = evaluate(&repos.unwrap()).unwrap();
    let mut unsaid = Vec::new();
    for (wrong, comparison) in wrong.iter().zip(&comparisons) {
        let found = problems(comparison, &Expectation::default());
        for says in &wrong.says {
            if !found.iter().any(|one| one.contains(says)) {
                unsaid.push(format!("{}: `{says}` is not in {found:#?}", wrong.name));
            }
        }
    }
    assert!(unsaid.is_empty(), "{}", unsaid.join("\n"));
}

#[test]
fn modules_that_a_recipe_did_not_add_are_caught() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let case = case::read(&corpus.join("recipe-for-a-module-of-one-host"));
    let (repo, right) = case.unwrap().unwrap();
    let comparison = &evaluate(&[repo]).unwrap()[0];
    assert_eq!(problems(comparison, &right), [] as [String; 0]);
    let key = |name: &str| vec![format!("disko#nixosModules.{name}")];
    for wrong in [
        Gains::default(),
        Gains {
            modules: key("disko"),
            ..Gains::default()
        },
        Gains {
            modules: [key("disko"), key("impermanence")].concat(),
            ..Gains::default()
        },
        Gains {
            modules: key("disko"),
            hosts: [("carbon".to_string(), key("impermanence"))].into(),
            ..Gains::default()
        },
    ] {
        let found = problems(comparison, &Expectation::of(wrong));
        assert!(
            found
                .iter()
                .any(|one| one.contains("its modules of inputs were")),
            "{found:?}"
        );
    }
}

#[test]
fn a_missing_nix_is_an_error_that_says_how_to_install_it() {
    let error = Nix::of("nix-instantiate-that-is-not-there").err().unwrap();
    assert!(error.to_string().contains("apt-get install nix-bin"));
}
