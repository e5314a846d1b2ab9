//! Says what is wrong with an evaluated migration, in messages that name the host.
//!
//! Right is: every host evaluates; its overlays are the old ones in order, less those of deleted files, plus one new that
//! defines the recipe's packages; these packages are what the recipe says; `environment.systemPackages` has gained
//! exactly one of them; every other option and every module is as before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::evaluate::Comparison;
use super::expectation::Expectation;
use super::host_pair::HostPair;
use super::hosts::{Configurations, Home, Host};
use super::values::{self, Renamed};

/// Everything wrong with the migration; empty if it is right.
pub fn problems(comparison: &Comparison, expected: &Expectation) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(
        comparison
            .unparsable
            .iter()
            .map(|message| format!("a changed file does not parse: {message}")),
    );
    match (&comparison.before, &comparison.after) {
        (Ok(before), Ok(after)) => found.extend(compare(comparison, before, after, expected)),
        (before, after) => {
            for (when, side) in [("before", before), ("after", after)] {
                if let Err(message) = side {
                    found.push(format!("the flake does not evaluate {when}: {message}"));
                }
            }
        }
    }
    let name = &comparison.name;
    found.iter().map(|one| format!("{name}: {one}")).collect()
}

fn compare(
    comparison: &Comparison,
    before: &Configurations,
    after: &Configurations,
    expected: &Expectation,
) -> Vec<String> {
    let inputs: BTreeSet<&str> = after
        .hosts
        .values()
        .flatten()
        .map(|host| host.nixpkgs.as_str())
        .collect();
    let mut found = Vec::new();
    for (name, before, after) in paired(&before.hosts, &after.hosts) {
        let left = expected.left.iter().any(|left| left == name);
        let problems = match both(before, after) {
            // What was broken before may stay so.
            Err(_) if left && !before.is_some_and(|before| before.is_ok()) => Vec::new(),
            Ok((before, after)) if left => left_problem(before, after).into_iter().collect(),
            Ok((before, after)) => {
                let pair = HostPair {
                    name,
                    before,
                    after,
                    comparison,
                    expected,
                };
                pair.problems(&inputs)
            }
            Err(problem) => vec![problem],
        };
        found.extend(problems.iter().map(|one| format!("host `{name}`: {one}")));
    }
    for (name, before, after) in paired(&before.homes, &after.homes) {
        let problems = match both(before, after) {
            Ok((before, after)) => home_problems(comparison, before, after, expected),
            Err(problem) => vec![problem],
        };
        found.extend(problems.iter().map(|one| format!("home `{name}`: {one}")));
    }
    found
}

/// A host that is left alone is what it was.
fn left_problem(before: &Host, after: &Host) -> Option<String> {
    (before != after)
        .then(|| format!("it is to stay as it is: it was {before:?}, and is {after:?}"))
}

type Sides<'a, T> = Option<&'a Result<T, String>>;

/// Both sides by name, in the order of the names.
fn paired<'a, T>(
    before: &'a BTreeMap<String, Result<T, String>>,
    after: &'a BTreeMap<String, Result<T, String>>,
) -> impl Iterator<Item = (&'a str, Sides<'a, T>, Sides<'a, T>)> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .map(|name| (name.as_str(), before.get(name), after.get(name)))
}

fn both<'a, T>(before: Sides<'a, T>, after: Sides<'a, T>) -> Result<(&'a T, &'a T), String> {
    let (Some(before), Some(after)) = (before, after) else {
        let when = if before.is_some() { "after" } else { "before" };
        return Err(format!("does not exist {when}"));
    };
    let before = before
        .as_ref()
        .map_err(|message| format!("does not evaluate before: {message}"))?;
    let after = after
        .as_ref()
        .map_err(|message| format!("does not evaluate after: {message}"))?;
    Ok((before, after))
}

fn home_problems(
    comparison: &Comparison,
    before: &Home,
    after: &Home,
    expected: &Expectation,
) -> Vec<String> {
    let renamed = renamed(comparison, before, after);
    let mut found = values::differences(&before.options, &after.options, &renamed, expected);
    let then: Vec<_> = before
        .packages
        .iter()
        .map(|package| renamed.apply(package))
        .collect();
    found.extend(values::home_packages_problem(
        "home.packages",
        &then,
        &after.packages,
        expected,
    ));
    found
}

/// The packages of a deleted overlay, by what the llama-cpp flake has under their names now.
fn renamed(comparison: &Comparison, before: &Home, after: &Home) -> Renamed {
    let of_flake = |package: &Value| {
        let path = package.as_str().unwrap_or_default();
        path.starts_with("/stub/llama-cpp@")
    };
    let pairs = before.llama.iter().filter_map(|(name, then)| {
        let now = after.llama.get(name).filter(|now| of_flake(now))?;
        (then != now).then(|| (then.clone(), now.clone()))
    });
    let deletes = !comparison.deleted.is_empty();
    Renamed(pairs.filter(|_| deletes).collect())
}
