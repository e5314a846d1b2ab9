//! What a process costs: the time of all its threads in user and kernel mode, and the most memory it held.
//!
//! The machine may be busy with other work, which changes every figure within minutes. So the programs that are compared
//! run one after the other in each round, and only the ratio of two runs of one round counts.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// One run of one program.
pub struct Run {
    /// User and system time.
    pub cpu: Duration,
    /// From start to end, waiting included.
    pub wall: Duration,
    /// The peak of the resident memory, in bytes.
    pub peak: u64,
    /// How it ended.
    pub status: ExitStatus,
    /// What it printed to stdout.
    pub stdout: Vec<u8>,
}

/// A program to measure: how to make a fresh command.
pub struct Program<'a> {
    /// The file that takes the output; none is kept where the output does not matter.
    pub output: Option<&'a Path>,
    /// The directory of what it remembers from run to run, where it is to have forgotten it.
    pub forget: Option<PathBuf>,
    /// Makes the command.
    pub command: Box<dyn Fn() -> Command + 'a>,
}

impl<'a> Program<'a> {
    /// A program whose output does not matter.
    pub fn new(command: impl Fn() -> Command + 'a) -> Program<'a> {
        Program {
            output: None,
            forget: None,
            command: Box::new(command),
        }
    }

    /// Runs it once. Its output goes to a file: a pipe would have to be read meanwhile.
    pub fn run(&self) -> Run {
        // Nothing is there before the first run.
        let memories = self.forget.as_ref().map(std::fs::read_dir);
        for memory in memories.into_iter().flatten().flatten().flatten() {
            std::fs::remove_file(memory.path()).expect("a file that can be removed");
        }
        let mut command = (self.command)();
        let sink = match self.output {
            Some(path) => std::fs::File::create(path)
                .expect("a file in the scratch directory")
                .into(),
            None => Stdio::null(),
        };
        command
            .stdin(Stdio::null())
            .stdout(sink)
            .stderr(Stdio::null());
        let start = Instant::now();
        let mut child = command.spawn().expect("a program that can be started");
        let used = child.wait4().expect("a child to wait for");
        let read = |path: &Path| std::fs::read(path).expect("the output just written");
        Run {
            wall: start.elapsed(),
            cpu: used.rusage.utime + used.rusage.stime,
            peak: used.rusage.maxrss,
            status: used.status,
            stdout: self.output.map(read).unwrap_or_default(),
        }
    }
}

/// Runs the programs in turn, `rounds` times; the runs of each program by round.
pub fn rounds(programs: &[&Program], rounds: usize) -> Vec<Vec<Run>> {
    // The first run of each finds cold caches and is not counted.
    programs.iter().for_each(|program| drop(program.run()));
    let mut runs: Vec<Vec<Run>> = programs.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (program, runs) in programs.iter().zip(&mut runs) {
            runs.push(program.run());
        }
    }
    runs
}

/// The median over the rounds of the time of `a` in units of the time of `b`.
pub fn ratio(a: &[Run], b: &[Run]) -> f64 {
    median(
        a.iter()
            .zip(b)
            .map(|(a, b)| a.cpu.as_secs_f64() / b.cpu.as_secs_f64()),
    )
}

/// The median of the times, in seconds.
pub fn seconds(runs: &[Run]) -> f64 {
    median(runs.iter().map(|run| run.cpu.as_secs_f64()))
}

/// The median peak, in bytes.
pub fn peak(runs: &[Run]) -> f64 {
    median(runs.iter().map(|run| run.peak as f64))
}

/// The median; of an even number of values the upper one.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
