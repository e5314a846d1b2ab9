//! What is measured of a repository, and the bounds.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::measure::{Program, Run, peak, ratio, rounds, seconds};
use crate::repos::Subject;
use crate::table::{Row, print};
use crate::{adversarial, yardstick};

/// A repository with less Nix than this is small: starting, and opening the repository, is most of the cost.
const LARGE: u64 = 300_000;
const MIB: f64 = (1 << 20) as f64;

/// How to measure.
pub struct Setting {
    /// The program.
    pub nixfix: PathBuf,
    /// Rounds, of which the median counts.
    pub rounds: usize,
    /// Where outputs go.
    pub scratch: PathBuf,
}

/// What one run costs beyond an empty process, in seconds.
pub struct Net {
    /// `apply --dry-run`.
    pub dry_run: f64,
    /// `check` with nothing pending.
    pub check: f64,
}

impl Setting {
    fn nixfix<'s>(&'s self, arguments: &'s [&str], root: &'s Path) -> Program<'s> {
        Program::new(move || {
            let mut command = Command::new(&self.nixfix);
            command.args(arguments).current_dir(root);
            command
        })
    }

    /// The same that remembers nothing of earlier runs.
    fn anew<'s>(&'s self, arguments: &'s [&str], root: &'s Path) -> Program<'s> {
        Program {
            forget: Some(root.join(".git/nixfix")),
            ..self.nixfix(arguments, root)
        }
    }

    /// Files that were written just now are not trusted.
    fn settle(&self) {
        if self.rounds > 1 {
            std::thread::sleep(Duration::from_millis(2_100));
        }
    }
}

/// Measures a repository: what `most` times P a dry run may cost, `memory` beyond which it may not grow.
pub fn measure(
    setting: &Setting,
    subject: &Subject,
    most: f64,
    memory: Option<f64>,
    rows: &mut Vec<Row>,
) -> Net {
    let mut say = |row: Row| {
        print(&row);
        rows.push(row);
    };
    say(Row::figure(
        "Nix in the repository",
        &subject.name,
        subject.bytes as f64 / 1e6,
        "MB",
    ));
    let output = setting.scratch.join("output");
    let dry_run = ["apply", "--dry-run", "--keep-going"];
    let mut again = setting.nixfix(&dry_run, &subject.root);
    let mut dry_run = setting.anew(&dry_run, &subject.root);
    dry_run.output = Some(&output);
    again.output = Some(&output);
    let yardstick = Program::new(|| yardstick::parser(&subject.root, &subject.list));
    let empty = Program::new(yardstick::empty);
    setting.settle();
    let runs = rounds(&[&dry_run, &yardstick, &empty, &again], setting.rounds);
    let name = &*subject.name;
    say(Row::figure("P", name, 1e3 * seconds(&runs[1]), "ms"));
    say(Row::ratio(
        "dry run / P",
        name,
        ratio(&runs[0], &runs[1]),
        most,
    ));
    say(Row::ratio(
        "dry run again / P",
        name,
        ratio(&runs[3], &runs[1]),
        most,
    ));
    let parsed = yardstick::count(&subject.root);
    say(Row::memory(
        "dry run, peak memory",
        name,
        peak(&runs[0]),
        8.0 * MIB + 8.0 * parsed,
    ));
    if let Some(memory) = memory {
        say(Row::memory(
            "dry run, peak memory in all",
            name,
            peak(&runs[0]),
            memory,
        ));
    }
    say(Row::ratio(
        "dry run, outputs that differ",
        name,
        differing(runs[0].iter().chain(&runs[3])) as f64,
        0.0,
    ));
    // Nothing is parsed then.
    say(Row::memory(
        "dry run again, peak memory",
        name,
        peak(&runs[3]),
        8.0 * MIB,
    ));
    compare(setting, subject, &[&dry_run, &again], &mut say);
    Net {
        dry_run: seconds(&runs[0]) - seconds(&runs[2]),
        check: check(setting, subject, &mut say) - seconds(&runs[2]),
    }
}

/// Runs whose output is not that of the first.
fn differing<'r>(runs: impl Iterator<Item = &'r Run>) -> usize {
    let outputs: Vec<&[u8]> = runs.map(|run| &*run.stdout).collect();
    outputs.iter().filter(|one| **one != outputs[0]).count()
}

/// `check` where nothing is pending; the seconds it takes where nothing has changed since the last one.
fn check(setting: &Setting, subject: &Subject, say: &mut impl FnMut(Row)) -> f64 {
    let subject = subject.migrated(&setting.nixfix);
    let check = setting.nixfix(&["check", "--keep-going"], &subject.root);
    let anew = setting.anew(&["check", "--keep-going"], &subject.root);
    setting.settle();
    let status = Program::new(|| {
        let mut command = Command::new("git");
        command
            .args(["status", "--porcelain"])
            .current_dir(&subject.root);
        command
    });
    let yardstick = Program::new(|| yardstick::parser(&subject.root, &subject.list));
    let runs = rounds(&[&check, &status, &yardstick, &anew], setting.rounds);
    say(Row::ratio(
        "check / git status",
        &subject.name,
        ratio(&runs[0], &runs[1]),
        1.5,
    ));
    say(Row::ratio(
        "check / P",
        &subject.name,
        ratio(&runs[0], &runs[2]),
        0.7,
    ));
    say(Row::ratio(
        "check after a change / P",
        &subject.name,
        ratio(&runs[3], &runs[2]),
        0.7,
    ));
    seconds(&runs[0])
}

/// Against other programs that read Nix, where they are installed.
fn compare(
    setting: &Setting,
    subject: &Subject,
    [dry_run, again]: &[&Program; 2],
    say: &mut impl FnMut(Row),
) {
    let edit = [
        "--flake",
        "flake.nix",
        "--diff",
        "--no-lock",
        "add",
        "llama-cpp",
        "github:ggml-org/llama.cpp",
    ];
    let others: [(&str, &[&str], f64); 3] = [
        ("flake-edit", &edit, 1.3),
        ("statix", &["check", "."], 0.3),
        ("deadnix", &["."], 0.35),
    ];
    for (name, arguments, most) in others {
        let is_installed = Command::new(name).arg("--version").output().is_ok();
        if !is_installed || (name == "flake-edit" && subject.bytes >= LARGE) {
            continue;
        }
        let other = Program::new(move || {
            let mut command = Command::new(name);
            command.args(arguments).current_dir(&subject.root);
            command
        });
        let runs = rounds(&[dry_run, &other, again], setting.rounds);
        for (what, runs_of_it) in [("dry run", &runs[0]), ("dry run again", &runs[2])] {
            say(Row::ratio(
                &format!("{what} / {name}"),
                &subject.name,
                ratio(runs_of_it, &runs[1]),
                most,
            ));
        }
    }
}

/// The bound for a repository of somebody's.
pub fn of_real(subject: &Subject) -> f64 {
    if subject.bytes < LARGE { 1.3 } else { 0.7 }
}

/// How the costs grow from one size to one ten times as large, as the exponent.
pub fn growth(small: &Net, large: &Net, rows: &mut Vec<Row>) {
    let exponent = |small: f64, large: f64| (large / small).log10();
    let of = "100 to 1,000 hosts";
    for row in [
        Row::ratio(
            "growth of the dry run",
            of,
            exponent(small.dry_run, large.dry_run),
            1.10,
        ),
        Row::ratio(
            "growth of check",
            of,
            exponent(small.check, large.check),
            1.05,
        ),
    ] {
        print(&row);
        rows.push(row);
    }
}

/// Hostile texts as a module of a host and as the flake itself.
pub fn hostile(setting: &Setting, rows: &mut Vec<Row>) {
    let (mut slowest, mut largest, mut aborts) = (0.0_f64, 0.0_f64, 0);
    for (index, (name, text)) in adversarial::texts().into_iter().enumerate() {
        let root = setting.scratch.join(format!("hostile-{index}"));
        let files = [("flake.nix", FLAKE), ("host.nix", &*text)];
        std::fs::create_dir_all(&root).expect("a directory in the scratch directory");
        files
            .iter()
            .for_each(|(file, text)| std::fs::write(root.join(file), text).expect("a file there"));
        let subject = Subject::commit(name, root);
        let run = setting.nixfix(&["apply", "--dry-run"], &subject.root).run();
        let wall = run.wall.as_secs_f64();
        if wall > 1.0 || run.status.code().is_none() {
            println!("  hostile: {name}: {wall:.2} s, {}", run.status);
        }
        slowest = slowest.max(wall);
        largest = largest.max(run.peak as f64);
        aborts += usize::from(run.status.code().is_none_or(|code| code > 2));
    }
    let of = "the worst of all";
    for row in [
        Row {
            unit: "s",
            ..Row::ratio("hostile text, time", of, slowest, 1.0)
        },
        Row::memory("hostile text, peak memory", of, largest, 512.0 * MIB),
        Row::ratio("hostile text, aborts", of, aborts as f64, 0.0),
    ] {
        print(&row);
        rows.push(row);
    }
}

const FLAKE: &str = "{
  inputs.nixpkgs.url = \"github:NixOS/nixpkgs/nixos-unstable\";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.a = nixpkgs.lib.nixosSystem {
      system = \"x86_64-linux\";
      modules = [ ./host.nix ];
    };
  };
}
";

/// Fails unless a dry run has something to show and `check` on the migrated copy has nothing.
pub fn expect_migrated(setting: &Setting, subject: &Subject) {
    let output = setting.scratch.join("output");
    let mut dry_run = setting.nixfix(&["apply", "--dry-run"], &subject.root);
    dry_run.output = Some(&output);
    let run = dry_run.run();
    let diff = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(
        run.status.success() && diff.contains("+"),
        "the dry run shows no diff: {diff}"
    );
    let root = subject.root.with_extension("migrated");
    let run = setting.nixfix(&["check"], &root).run();
    assert!(
        run.status.success(),
        "something is pending after `apply`: {}",
        run.status
    );
}

/// Fails unless many dry runs at once, more than there are processors, all print the same bytes.
pub fn expect_one_output(setting: &Setting, subject: &Subject) {
    let runs = 2 * std::thread::available_parallelism().map_or(4, usize::from) + 2;
    let start = |_| {
        let mut command = Command::new(&setting.nixfix);
        command.args(["apply", "--dry-run", "--format", "json"]);
        let command = command.current_dir(&subject.root);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    };
    let started: Vec<_> = (0..runs).map(start).collect();
    let outputs: Vec<_> = started
        .into_iter()
        .map(|child| child.and_then(Child::wait_with_output).expect("nixfix"))
        .collect();
    let first = &outputs[0];
    assert!(first.status.success() && !first.stdout.is_empty());
    for other in &outputs {
        assert_eq!(
            (&other.stdout, &other.stderr),
            (&first.stdout, &first.stderr)
        );
    }
}
