//! Every combination of the styles in which a flake may be written, migrated in-process and called by the real Nix.
//!
//! A combination is a pair of texts, before and after. That nixfix makes the one of the other, to the byte, and that Nix
//! takes the other are two tests. `NIXFIX_MATRIX=20` makes them many more.

mod called;
mod flake;
mod headers;
mod inputs;
#[allow(dead_code, reason = "the matrix asks Nix less than the corpus does")]
#[path = "../support/nix.rs"]
mod nix;
mod run;
mod template;

#[test]
fn every_combination_gets_the_intended_bytes_and_no_other() {
    let cases = flake::cases();
    println!("{} combinations", cases.len());
    report(&run::problems(&cases), cases.len());
}

#[test]
fn nix_calls_the_outputs_of_every_combination_with_the_new_input() {
    let cases = flake::cases();
    report(&called::problems(&cases).unwrap(), cases.len());
}

#[track_caller]
fn report(problems: &[String], cases: usize) {
    let some: Vec<_> = problems
        .iter()
        .step_by(1 + problems.len() / 10)
        .map(String::as_str)
        .collect();
    assert!(
        problems.is_empty(),
        "{} of {cases} are wrong, such as\n{}",
        problems.len(),
        some.join("\n\n")
    );
}
