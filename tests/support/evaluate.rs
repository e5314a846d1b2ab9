//! Evaluates many repositories, before and after, in as few Nix processes as can be.
//!
//! Nix stops at the first error. A batch that fails is halved until the failing repository stands alone; that one is asked
//! for its hosts one by one. So one bad case costs a few more processes and hides no other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::hosts::{Configurations, Evaluated, Home, Host};
use super::nix::Nix;
use super::scan;
use super::tree::{self, Files};

/// A repository before and after a migration.
pub struct Repo {
    /// What messages call it.
    pub name: String,
    /// Its files before.
    pub before: Files,
    /// Its files after.
    pub after: Files,
    /// The directory of flake.nix in it; empty for the root.
    pub flake: String,
}

impl Repo {
    /// Reads both trees from disk; flake.nix is at their root.
    pub fn read(name: &str, before: &Path, after: &Path) -> Result<Repo> {
        Ok(Repo {
            name: name.to_string(),
            before: tree::read(before)?,
            after: tree::read(after)?,
            flake: String::new(),
        })
    }
}

/// Both evaluations of one repository, and what became of its files.
pub struct Comparison {
    /// What messages call it.
    pub name: String,
    /// Nix on the tree before.
    pub before: Evaluated,
    /// Nix on the tree after.
    pub after: Evaluated,
    /// Files that only the tree before has.
    pub deleted: Vec<String>,
    /// Nix's message on the new and changed files by themselves, reached by a host or not.
    pub unparsable: Option<String>,
}

/// Evaluates every repository; an error only where Nix cannot be run at all.
pub fn evaluate(repos: &[Repo]) -> Result<Vec<Comparison>> {
    let nix = Nix::new()?;
    let mut asked = Vec::new();
    let mut changed = Vec::new();
    for (index, repo) in repos.iter().enumerate() {
        let directory = nix.directory().join(index.to_string());
        let stubs = stubs_for(repo);
        for (side, files) in [("before", &repo.before), ("after", &repo.after)] {
            // The same last component on both sides: it names what `"${./.}"` copies to the store.
            let root = directory.join(side).join("source");
            tree::write(files, &root).with_context(|| format!("lay out `{}`", repo.name))?;
            asked.push(Run::new(index, root, &repo.flake, &stubs));
        }
        let root = directory.join("after/source");
        let files = tree::changed_nix_files(&repo.before, &repo.after);
        changed.push(files.map(|path| root.join(path)).collect::<Vec<_>>());
    }
    let unparsable = parse_each(&nix, &changed);
    let mut sides = evaluate_all(&nix, &asked).into_iter();
    let comparisons = repos.iter().zip(unparsable).map(|(repo, unparsable)| {
        let mut side = || sides.next().expect("two answers for each repository");
        Comparison {
            name: repo.name.clone(),
            before: side(),
            after: side(),
            deleted: tree::only_in(&repo.before, &repo.after),
            unparsable,
        }
    });
    Ok(comparisons.collect())
}

/// Packages come from the tree before alone: what only the tree after uses must be defined by it.
fn stubs_for(repo: &Repo) -> Value {
    let before = scan::read(&repo.before);
    let mut inputs: BTreeMap<String, BTreeSet<Vec<String>>> = before.inputs;
    for (name, paths) in scan::read(&repo.after).inputs {
        inputs.entry(name).or_default().extend(paths);
    }
    json!({ "packages": before.packages, "inputs": inputs })
}

/// One question to `evaluate.nix`.
#[derive(Clone)]
struct Run {
    case: String,
    root: PathBuf,
    flake: String,
    stubs: Value,
    ask: Value,
}

impl Run {
    fn new(index: usize, root: PathBuf, flake: &str, stubs: &Value) -> Run {
        Run {
            case: format!("case{index}"),
            root,
            flake: flake.to_string(),
            stubs: stubs.clone(),
            ask: json!("all"),
        }
    }

    fn asking(&self, ask: Value) -> Run {
        Run {
            ask,
            ..self.clone()
        }
    }
}

fn spec(runs: &[Run]) -> Value {
    let cases: Map<String, Value> = runs
        .iter()
        .map(|run| (run.case.clone(), run.stubs.clone()))
        .collect();
    let runs: Vec<Value> = runs
        .iter()
        .map(
            |run| json!({ "case": run.case, "root": run.root, "flake": run.flake, "ask": run.ask }),
        )
        .collect();
    json!({ "cases": cases, "runs": runs })
}

/// Two halves at a time, as there are rarely fewer than two cores.
fn evaluate_all(nix: &Nix, runs: &[Run]) -> Vec<Evaluated> {
    let (first, second) = runs.split_at(runs.len() / 2);
    let side = |runs: &[Run]| -> Vec<Evaluated> {
        let answers = answer(nix, runs);
        let pairs = runs.iter().zip(answers);
        pairs
            .map(|(run, answer)| match answer {
                Ok(value) => read_answer(value),
                Err(message) => one_by_one(nix, run, &message),
            })
            .collect()
    };
    thread::scope(|scope| {
        let first = scope.spawn(|| side(first));
        let second = side(second);
        let mut all = first.join().expect("the first half does not panic");
        all.extend(second);
        all
    })
}

/// An answer or Nix's message for each run.
fn answer(nix: &Nix, runs: &[Run]) -> Vec<Result<Value, String>> {
    if runs.is_empty() {
        return Vec::new();
    }
    match nix.evaluate(&spec(runs)) {
        Ok(Value::Array(values)) => values.into_iter().map(Ok).collect(),
        Ok(other) => vec![Err(format!("evaluate.nix answered {other}")); runs.len()],
        Err(message) if runs.len() == 1 => vec![Err(shorten(&message, &runs[0]))],
        Err(_) => {
            let (first, second) = runs.split_at(runs.len() / 2);
            [answer(nix, first), answer(nix, second)].concat()
        }
    }
}

/// Paths as the reader knows them.
fn shorten(message: &str, run: &Run) -> String {
    message.replace(&format!("{}/", run.root.display()), "")
}

/// A repository that fails as a whole, host by host.
fn one_by_one(nix: &Nix, run: &Run, message: &str) -> Evaluated {
    #[derive(Deserialize)]
    struct Names {
        hosts: Vec<String>,
        homes: Vec<String>,
    }
    let mut names = answer(nix, &[run.asking(json!("names"))]);
    let names = names.pop().expect("one answer for one run")?;
    let names: Names = serde_json::from_value(names).map_err(|error| error.to_string())?;
    let ask = |kind: &str, names: &[String]| {
        let runs: Vec<Run> = names
            .iter()
            .map(|name| run.asking(json!([kind, name])))
            .collect();
        let answers = answer(nix, &runs);
        answers.into_iter().map(|one| one.and_then(read_answer))
    };
    let mut all = Configurations::default();
    for (name, one) in names.hosts.iter().zip(ask("hosts", &names.hosts)) {
        let host = one.and_then(|mut one| one.hosts.remove(name).unwrap_or(Err(message.into())));
        all.hosts.insert(name.clone(), host);
    }
    for (name, one) in names.homes.iter().zip(ask("homes", &names.homes)) {
        let home = one.and_then(|mut one| one.homes.remove(name).unwrap_or(Err(message.into())));
        all.homes.insert(name.clone(), home);
    }
    Ok(all)
}

fn read_answer(value: Value) -> Evaluated {
    #[derive(Deserialize)]
    struct Answer {
        hosts: BTreeMap<String, Host>,
        homes: BTreeMap<String, Home>,
    }
    let answer: Answer = serde_json::from_value(value).map_err(|error| error.to_string())?;
    Ok(Configurations {
        hosts: answer
            .hosts
            .into_iter()
            .map(|(n, host)| (n, Ok(host)))
            .collect(),
        homes: answer
            .homes
            .into_iter()
            .map(|(n, home)| (n, Ok(home)))
            .collect(),
    })
}

/// One process when all is well, else one per repository.
fn parse_each(nix: &Nix, files: &[Vec<PathBuf>]) -> Vec<Option<String>> {
    if nix.parse(&files.concat()).is_ok() {
        return vec![None; files.len()];
    }
    files.iter().map(|files| nix.parse(files).err()).collect()
}
