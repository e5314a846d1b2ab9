//! Whole processes against the yardstick, and the table of what must hold.
//!
//! ```text
//! NIXFIX_BENCH_REPOS=DIR cargo bench --bench whole
//! ```
//!
//! measures every repository in `DIR`, then synthetic ones of 10, 100 and 1,000 hosts, then hostile texts.
//! `NIXFIX_BENCH_ROUNDS` is the number of rounds, 9 by default. As a test (`cargo test --bench whole`) it measures one
//! small repository once, and only what does not depend on the time has to hold.

#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

mod adversarial;
mod bounds;
mod measure;
mod repos;
mod synthetic;
mod table;
mod yardstick;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bounds::Setting;
use repos::Subject;

fn main() -> ExitCode {
    if yardstick::play() {
        return ExitCode::SUCCESS;
    }
    let scratch = tempfile::tempdir().expect("a scratch directory");
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let rounds = std::env::var("NIXFIX_BENCH_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let setting = Setting {
        nixfix: PathBuf::from(env!("CARGO_BIN_EXE_nixfix")),
        rounds: if is_bench { rounds.unwrap_or(9) } else { 1 },
        scratch: scratch.path().to_owned(),
    };
    if is_bench {
        bench(&setting)
    } else {
        smoke(&setting)
    }
    ExitCode::SUCCESS
}

fn bench(setting: &Setting) {
    let mut rows = Vec::new();
    table::heading();
    if let Some(folder) = std::env::var_os("NIXFIX_BENCH_REPOS") {
        for subject in repos::real(Path::new(&folder), &setting.scratch) {
            bounds::measure(
                setting,
                &subject,
                bounds::of_real(&subject),
                None,
                &mut rows,
            );
        }
    }
    let mut nets = Vec::new();
    for hosts in [10, 100, 1_000] {
        let memory = (hosts == 1_000).then_some(64.0 * f64::from(1 << 20));
        nets.push(bounds::measure(
            setting,
            &made(setting, hosts),
            1.0,
            memory,
            &mut rows,
        ));
    }
    bounds::growth(&nets[1], &nets[2], &mut rows);
    bounds::hostile(setting, &mut rows);
    table::summary(&rows);
}

/// Everything once on a small repository: it must be edited, and then be clean.
fn smoke(setting: &Setting) {
    let mut rows = Vec::new();
    table::heading();
    let subject = made(setting, 10);
    bounds::measure(setting, &subject, 1.0, None, &mut rows);
    bounds::expect_migrated(setting, &subject);
    bounds::expect_one_output(setting, &subject);
    assert!(
        rows.iter().any(|row| row.what == "check / P"),
        "everything was measured"
    );
}

fn made(setting: &Setting, hosts: usize) -> Subject {
    let name = format!("{hosts} hosts");
    let root = setting.scratch.join(format!("synthetic-{hosts}"));
    synthetic::write(&root, hosts);
    Subject::commit(&name, root)
}
