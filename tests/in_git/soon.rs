//! Runs that must be done in a moment, in little memory.

use std::fs::{self, File};
use std::time::Duration;

use wait4::Wait4;

use crate::sandbox::*;

/// How long a run may compute, waiting apart: an unoptimised build takes longer, the more so when the machine is busy.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 1 });
/// The memory that it may hold.
const ROOM: u64 = 512 << 20;

/// Runs nixfix, which must be done in a moment.
pub fn soon(sandbox: &Sandbox, name: &str, arguments: &[&str]) -> Ran {
    let output = sandbox.beside("output");
    let file = File::create(&output).unwrap();
    let mut command = sandbox.command(sandbox.programs().join("nixfix"), &sandbox.root());
    command
        .args(arguments)
        .stdout(file.try_clone().unwrap())
        .stderr(file);
    let used = command.spawn().unwrap().wait4().unwrap();
    let took = used.rusage.utime + used.rusage.stime;
    let held = used.rusage.maxrss;
    println!("{name}: {} ms, {} KiB", took.as_millis(), held >> 10);
    assert!(took < PATIENCE, "{name} took {took:?}");
    assert!(held < ROOM, "{name} held {held} bytes");
    Ran {
        code: used.status.code().unwrap_or(-1),
        text: fs::read_to_string(&output).unwrap(),
    }
}
