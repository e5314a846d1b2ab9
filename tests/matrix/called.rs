//! Has the real Nix call `outputs` of every combination, as it must be after the migration.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::flake::Case;
use super::nix::Nix;
use super::run::{Files, files_after};

/// What Nix finds wrong, each with the name of its case; of each half of the cases, only the first that does not evaluate.
pub fn problems(cases: &[Case]) -> Result<Vec<String>> {
    let nix = Nix::new()?;
    let roots = lay_out(&nix, cases)?;
    let half = cases.len() / 2;
    let ask =
        |range: std::ops::Range<usize>| problems_of(&nix, &cases[range.clone()], &roots[range]);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| ask(0..half));
        let second = ask(half..cases.len())?;
        let first = first.join().expect("asking does not panic")?;
        Ok([first, second].concat())
    })
}

fn lay_out(nix: &Nix, cases: &[Case]) -> Result<Vec<PathBuf>> {
    let roots = (0..cases.len()).map(|index| nix.directory().join(index.to_string()));
    let laid_out = roots.zip(cases).map(|(root, case)| {
        write(&files_after(case), &root).with_context(|| format!("lay out {}", case.name))?;
        Ok(root)
    });
    laid_out.collect()
}

fn write(files: &Files, root: &std::path::Path) -> Result<()> {
    for (path, text) in files {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().context("a file is in a directory")?)?;
        std::fs::write(file, text)?;
    }
    Ok(())
}

fn problems_of(nix: &Nix, cases: &[Case], roots: &[PathBuf]) -> Result<Vec<String>> {
    let said = nix.eval("outputs.nix", &json!({ "cases": {}, "roots": roots }))?;
    let wrong = said
        .values
        .iter()
        .zip(cases)
        .filter(|(answer, _)| **answer != wanted());
    let mut problems: Vec<String> = wrong
        .map(|(answer, case)| format!("{}: {answer}", case.name))
        .collect();
    if let Some(failure) = said.failure {
        let case = cases
            .get(said.values.len())
            .map_or("the end", |case| &case.name);
        problems.push(format!("{case}: {failure}"));
    }
    Ok(problems)
}

/// The same for every case: they differ in style only.
fn wanted() -> Value {
    json!({
        "input": {
            "url": "github:ggml-org/llama.cpp",
            "inputs": { "nixpkgs": { "follows": "nixpkgs" } },
        },
        "hosts": { "carbon": {
            "overlays": [["llama-cpp-cpu", "llama-cpp-cuda", "llama-cpp-rocm", "llama-cpp-vulkan"]],
            "packages": ["/stub/llama-cpp@nixpkgs/x86_64-linux/cuda"],
        } },
    })
}
