//! Point 2: the input resolves to its url and follows, and the other inputs are what they were.

use super::{Question, failure};
use crate::diagnostic::Diagnostic;
use crate::flake::model::Model;

pub(super) fn check(question: &Question, after: &Model) -> Vec<Diagnostic> {
    let mut failures = Vec::new();
    let Some(wanted) = question
        .recipe
        .input
        .as_ref()
        .filter(|_| question.ran("add-input"))
    else {
        return failures;
    };
    let before = &question.before.flake;
    for old in before
        .inputs
        .iter()
        .filter(|input| input.binding.is_some() && *input.name != *wanted.name)
    {
        let same = after.flake.input(&old.name).is_some_and(|new| {
            (&new.url, &new.follows, &new.overrides) == (&old.url, &old.follows, &old.overrides)
        });
        if !same {
            failures.push(failure(
                "proof-input",
                format!("the input `{}` would change", old.name),
            ));
        }
    }
    let expected = 1 + before
        .inputs
        .iter()
        .filter(|input| *input.name != *wanted.name)
        .count();
    if after.flake.inputs.len() != expected {
        failures.push(failure(
            "proof-input",
            "the set of inputs is not the old one and the new input".to_string(),
        ));
    }
    let url_before = before
        .input(&wanted.name)
        .and_then(|input| input.url.clone());
    let aliased = before
        .input(&wanted.name)
        .is_some_and(|input| input.follows.is_some());
    match after.flake.input(&wanted.name) {
        None => failures.push(failure(
            "proof-input",
            format!("the input `{}` is missing", wanted.name),
        )),
        Some(_) if aliased => {}
        Some(input) => {
            let url = url_before.unwrap_or_else(|| wanted.url.clone());
            if input.url.as_deref() != Some(url.as_str()) {
                failures.push(failure(
                    "proof-input",
                    format!("the input `{}` does not have its url", wanted.name),
                ));
            }
            for (left, _) in &wanted.follows {
                let target = input
                    .overrides
                    .get(left.as_str())
                    .and_then(Option::as_deref);
                let resolves = target.is_some_and(|target| {
                    after.flake.input(target).is_some() || target.contains('/')
                });
                if !resolves && !before.inputs.is_empty() {
                    let message = format!(
                        "`{}.inputs.{left}` follows no input of the flake",
                        wanted.name
                    );
                    failures.push(failure("proof-input", message));
                }
            }
        }
    }
    failures
}
