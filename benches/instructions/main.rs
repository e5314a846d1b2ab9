//! How many instructions three fixed runs take, against a committed baseline: `cargo bench --bench instructions`.
//!
//! Instructions do not depend on what else the machine does, so this tells of a slow-down of a few per cent where times
//! do not. They do depend on the compiler and the C library; so what is compared is the ratio to the yardstick, which
//! parses every file of the same repository once. Needs valgrind; without it there is nothing to compare.
//!
//! `NIXFIX_BLESS=1` takes the new ratios over into `benches/instructions/baseline.txt`.

#![allow(
    clippy::print_stdout,
    reason = "the comparison is what this program is for"
)]
#![allow(dead_code, reason = "the other bench needs all of the shared modules")]

#[path = "../whole/repos.rs"]
mod repos;
#[path = "../whole/synthetic.rs"]
mod synthetic;
#[path = "../whole/yardstick.rs"]
mod yardstick;

use std::path::Path;
use std::process::{Command, ExitCode};

use repos::Subject;

/// By how much a ratio may exceed its baseline: five per cent, which is more than a new compiler moves it.
const TOLERANCE: f64 = 1.05;
const BASELINE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/benches/instructions/baseline.txt"
);
const NIXFIX: &str = env!("CARGO_BIN_EXE_nixfix");

fn main() -> ExitCode {
    if yardstick::play() {
        return ExitCode::SUCCESS;
    }
    let baseline = read_baseline();
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    if !is_bench {
        // As a test: the baseline has a line for each run. An unoptimised program is not comparable.
        let names: Vec<&str> = baseline.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, RUNS.map(|run| run.name));
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("there is no valgrind on the path: nothing was compared");
        return ExitCode::SUCCESS;
    }
    let measured: Vec<(String, f64)> = RUNS
        .iter()
        .map(|run| (run.name.to_string(), run.ratio()))
        .collect();
    if std::env::var_os("NIXFIX_BLESS").is_some() {
        let lines = measured
            .iter()
            .map(|(name, ratio)| format!("{ratio:.3} {name}\n"));
        std::fs::write(BASELINE, lines.collect::<String>()).expect("the baseline");
        return ExitCode::SUCCESS;
    }
    compare(&baseline, &measured)
}

/// A run that is counted.
struct Measured {
    name: &'static str,
    hosts: usize,
    arguments: &'static [&'static str],
    /// Whether it runs where nothing is pending.
    migrated: bool,
}

const RUNS: [Measured; 3] = [
    Measured {
        name: "dry run, 10 hosts",
        hosts: 10,
        arguments: &["apply", "--dry-run"],
        migrated: false,
    },
    Measured {
        name: "dry run, 100 hosts",
        hosts: 100,
        arguments: &["apply", "--dry-run"],
        migrated: false,
    },
    Measured {
        name: "check, 100 hosts",
        hosts: 100,
        arguments: &["check"],
        migrated: true,
    },
];

impl Measured {
    /// The instructions it takes, in units of those of the yardstick.
    fn ratio(&self) -> f64 {
        let scratch = tempfile::tempdir().expect("a scratch directory");
        let root = scratch.path().join("repository");
        synthetic::write(&root, self.hosts);
        let mut subject = Subject::commit(self.name, root);
        if self.migrated {
            subject = subject.migrated(Path::new(NIXFIX));
        }
        let mut nixfix = Command::new(NIXFIX);
        nixfix.args(self.arguments);
        let yardstick = yardstick::parser(&subject.root, &subject.list);
        instructions(&nixfix, &subject.root) / instructions(&yardstick, &subject.root)
    }
}

/// The instructions that the command executes in `directory`.
fn instructions(command: &Command, directory: &Path) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(directory)
        .output()
        .expect("valgrind");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?} failed: {said}");
    let count = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = count.expect("valgrind tells how many instructions it has seen");
    count.trim().parse().expect("a number")
}

fn read_baseline() -> Vec<(String, f64)> {
    let text = std::fs::read_to_string(BASELINE).expect("the baseline");
    let line = |line: &str| {
        let (ratio, name) = line.split_once(' ').expect("a ratio and a name");
        (name.to_string(), ratio.parse().expect("a ratio"))
    };
    text.lines().map(line).collect()
}

fn compare(baseline: &[(String, f64)], measured: &[(String, f64)]) -> ExitCode {
    let mut slower = false;
    println!(
        "{:<24} {:>9} {:>9}  instructions in units of P",
        "run", "baseline", "now"
    );
    for ((name, before), (_, now)) in baseline.iter().zip(measured) {
        let is_slower = *now > before * TOLERANCE;
        slower |= is_slower;
        let verdict = if is_slower { "slower" } else { "" };
        println!("{name:<24} {before:>9.3} {now:>9.3}  {verdict}");
    }
    ExitCode::from(u8::from(slower))
}
