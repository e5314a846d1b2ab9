//! Runs one command to its end, with a time limit, and ends it with everything that it has started.

use std::fmt;
use std::fs::File;
use std::io::{Read, Seek};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use super::interrupt::Watch;

const POLL: Duration = Duration::from_millis(10);
/// Nix takes this long at most to let go of its locks.
const GRACE: Duration = Duration::from_millis(300);

/// Where the command's messages go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Messages {
    /// They are part of what is returned.
    Kept,
    /// The user sees them as they come.
    Shown,
}

/// What a command that came to its end has said.
pub(super) struct Finished {
    pub success: bool,
    pub output: String,
    /// Empty where the user has seen them.
    pub messages: String,
}

/// The user has interrupted nixfix while Nix ran.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted while nix was running")
    }
}

impl std::error::Error for Interrupted {}

/// Runs `command`, for `limit` at most.
///
/// # Errors
/// It cannot be started, took too long, or the user interrupted it; nothing of it is running any more.
pub(super) fn run(
    mut command: Command,
    limit: Option<Duration>,
    messages: Messages,
) -> Result<Finished> {
    // Files, not pipes: a daemon that Nix has started (ssh, say) may hold a pipe open for ever.
    let (mut output, mut said) = (scratch()?, scratch()?);
    let shown = if messages == Messages::Shown {
        Stdio::inherit()
    } else {
        Stdio::from(said.try_clone()?)
    };
    command
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(shown)
        .process_group(0);
    let watch = Watch::start()?;
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .spawn()
        .with_context(|| format!("could not run `{name}`"))?;
    let status = match wait(&mut child, limit, &watch) {
        Ok(status) => status,
        Err(error) => {
            end(&mut child);
            return Err(error);
        }
    };
    Ok(Finished {
        success: status.success(),
        output: text(&mut output)?,
        messages: text(&mut said)?,
    })
}

fn wait(child: &mut Child, limit: Option<Duration>, watch: &Watch) -> Result<ExitStatus> {
    let start = Instant::now();
    loop {
        if watch.caught() {
            return Err(Interrupted.into());
        }
        if let Some(status) = child.try_wait().context("could not wait for nix")? {
            return Ok(status);
        }
        if let Some(limit) = limit.filter(|limit| start.elapsed() >= *limit) {
            bail!(
                "nix took more than {} and was stopped; --timeout SECONDS gives it longer",
                seconds(limit)
            );
        }
        sleep(POLL);
    }
}

/// Ends the whole process group. The leader is reaped last, so that the group's id stays its own until then.
fn end(child: &mut Child) {
    let group = Pid::from_child(child);
    // What fails here has ended already.
    let _ = kill_process_group(group, Signal::TERM);
    sleep(GRACE);
    let _ = kill_process_group(group, Signal::KILL);
    let _ = child.wait();
}

fn seconds(limit: Duration) -> String {
    match limit.as_secs() {
        1 => "1 second".to_string(),
        seconds => format!("{seconds} seconds"),
    }
}

fn scratch() -> Result<File> {
    tempfile::tempfile().context("could not create a temporary file")
}

fn text(file: &mut File) -> Result<String> {
    let mut bytes = Vec::new();
    file.rewind()
        .and_then(|()| file.read_to_end(&mut bytes))
        .context("could not read what nix said")?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn output_and_messages_are_kept_apart() {
        let done = run(
            shell("echo out; echo err >&2; exit 3"),
            None,
            Messages::Kept,
        )
        .unwrap();
        assert_eq!(
            (done.success, &*done.output, &*done.messages),
            (false, "out\n", "err\n")
        );
    }

    #[test]
    fn a_slow_command_is_ended_with_all_it_has_started() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("pid");
        let script = format!(
            "trap '' TERM; sleep 60 & echo $! > {}; wait; sleep 60",
            file.display()
        );
        let error = run(shell(&script), Some(Duration::from_secs(1)), Messages::Kept)
            .err()
            .unwrap();
        assert!(error.to_string().contains("more than 1 second"), "{error}");
        let child = std::fs::read_to_string(file).unwrap();
        let is_gone = || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.trim()));
            stat.is_err() || stat.is_ok_and(|stat| stat.contains(") Z "))
        };
        // An ended process is gone a moment after the signal, on a busy machine a longer one.
        let deadline = Instant::now() + Duration::from_secs(20);
        while !is_gone() && Instant::now() < deadline {
            std::thread::yield_now();
        }
        assert!(is_gone());
    }

    #[test]
    fn what_a_command_leaves_running_is_not_waited_for() {
        let start = Instant::now();
        run(shell("sleep 5 & exit 0"), None, Messages::Kept).unwrap();
        assert!(start.elapsed() < Duration::from_secs(4));
    }
}
