//! Asks for many repositories in as few Nix processes as can be.
//!
//! Nix stops at the first error. The run that failed is set aside and the next process goes on behind it; a repository that
//! fails as a whole is asked for its hosts one by one. So one bad case costs a few more processes and hides no other.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::hosts::{Configurations, Evaluated, Home, Host};
use super::nix::Nix;

/// One question to `evaluate.nix`.
#[derive(Clone)]
pub struct Run {
    case: String,
    root: PathBuf,
    flake: String,
    stubs: Value,
    ask: Value,
}

impl Run {
    /// Asks for everything in the flake below `root`.
    pub fn new(index: usize, root: PathBuf, flake: &str, stubs: &Value) -> Run {
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

/// The evaluation of each run, in order. Two halves at a time, as there are rarely fewer than two cores.
pub fn evaluate_all(nix: &Nix, runs: &[Run]) -> Result<Vec<Evaluated>> {
    let (first, second) = runs.split_at(runs.len() / 2);
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| evaluate_half(nix, first));
        let second = evaluate_half(nix, second);
        (first.join().expect("the first half does not panic"), second)
    });
    let mut all = first?;
    all.extend(second?);
    Ok(all)
}

fn evaluate_half(nix: &Nix, runs: &[Run]) -> Result<Vec<Evaluated>> {
    let answers = ask(nix, runs)?;
    let pairs = runs.iter().zip(answers);
    pairs
        .map(|(run, answer)| match answer {
            Ok(value) => Ok(Ok(read_answer(value)?)),
            Err(_) => one_by_one(nix, run),
        })
        .collect()
}

/// An answer or Nix's message for each run.
fn ask(nix: &Nix, runs: &[Run]) -> Result<Vec<Result<Value, String>>> {
    let mut answers = Vec::new();
    while answers.len() < runs.len() {
        let rest = &runs[answers.len()..];
        let said = nix.evaluate(&spec(rest))?;
        answers.extend(said.values.into_iter().map(Ok));
        match said.failure {
            Some(message) => answers.push(Err(shorten(&message, &runs[answers.len()]))),
            None => ensure!(answers.len() == runs.len(), "nix answered too little"),
        }
    }
    Ok(answers)
}

/// Paths as the reader knows them.
fn shorten(message: &str, run: &Run) -> String {
    message.replace(&format!("{}/", run.root.display()), "")
}

/// A repository that fails as a whole, host by host.
fn one_by_one(nix: &Nix, run: &Run) -> Result<Evaluated> {
    let names: Names = match ask(nix, &[run.asking(json!("names"))])?.remove(0) {
        Ok(names) => serde_json::from_value(names)?,
        Err(message) => return Ok(Err(message)),
    };
    let mut all = Configurations::default();
    for (name, answer) in ask_each(nix, run, "hosts", &names.hosts)? {
        match answer {
            Ok(one) => all.hosts.extend(one.hosts),
            Err(message) => drop(all.hosts.insert(name.clone(), Err(message))),
        }
    }
    for (name, answer) in ask_each(nix, run, "homes", &names.homes)? {
        match answer {
            Ok(one) => all.homes.extend(one.homes),
            Err(message) => drop(all.homes.insert(name.clone(), Err(message))),
        }
    }
    Ok(Ok(all))
}

#[derive(Deserialize)]
struct Names {
    hosts: Vec<String>,
    homes: Vec<String>,
}

/// Each configuration of one kind by itself.
fn ask_each<'a>(
    nix: &Nix,
    run: &Run,
    kind: &str,
    names: &'a [String],
) -> Result<Vec<(&'a String, Result<Configurations, String>)>> {
    let asking = |name| run.asking(json!([kind, name]));
    let runs: Vec<Run> = names.iter().map(asking).collect();
    let answers = ask(nix, &runs)?.into_iter().map(|answer| match answer {
        Ok(value) => read_answer(value).map(Ok),
        Err(message) => Ok(Err(message)),
    });
    let answers = answers.collect::<Result<Vec<_>>>()?;
    Ok(names.iter().zip(answers).collect())
}

fn read_answer(value: Value) -> Result<Configurations> {
    #[derive(Deserialize)]
    struct Answer {
        hosts: BTreeMap<String, Host>,
        homes: BTreeMap<String, Home>,
    }
    let Answer { hosts, homes } = serde_json::from_value(value)?;
    Ok(Configurations {
        hosts: hosts
            .into_iter()
            .map(|(name, host)| (name, Ok(host)))
            .collect(),
        homes: homes
            .into_iter()
            .map(|(name, home)| (name, Ok(home)))
            .collect(),
    })
}
