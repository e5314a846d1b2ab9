//! Every combination of the styles in which a flake may be written, migrated in-process and then called by the real Nix.

mod flake;
mod headers;
mod inputs;
mod run;
mod template;

use flake::{Case, cases};

#[test]
fn every_combination_gets_the_intended_bytes_and_no_other() {
    let cases = cases();
    println!("{} combinations", cases.len());
    let wrong = run::on_two_threads(&cases, run::problem);
    assert!(
        wrong.is_empty(),
        "{} of {} are wrong; the first:\n{}",
        wrong.len(),
        cases.len(),
        shown(&wrong)
    );
}

fn shown(wrong: &[(&Case, String)]) -> String {
    let shown = wrong
        .iter()
        .step_by(1 + wrong.len() / 14)
        .map(|(case, problem)| format!("{}:\n{problem}", case.name));
    shown.collect::<Vec<_>>().join("\n\n")
}
