//! A program on a pseudo-terminal: what it writes is read at once, and answers are typed when it asks.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// Longer than any run takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running program and its terminal.
pub struct Pty {
    child: Child,
    keyboard: File,
    screen: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
    seen: usize,
}

impl Pty {
    /// Starts the program on a terminal of `columns` by `rows`.
    pub fn start(mut command: Command, columns: u16, rows: u16) -> Pty {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let terminal =
            rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let size = Winsize {
            ws_row: rows,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&terminal, size).unwrap();
        let end = || Stdio::from(terminal.try_clone().unwrap());
        command.stdin(end()).stdout(end()).stderr(end());
        let child = command.spawn().unwrap();
        // The command holds ends of the terminal as well: the screen ends when the last one is closed.
        drop(command);
        drop(terminal);
        let keyboard = File::from(master);
        let screen = Arc::new(Mutex::new(Vec::new()));
        let reader = std::thread::spawn({
            let (mut from, screen) = (keyboard.try_clone().unwrap(), screen.clone());
            move || read_all(&mut from, &screen)
        });
        Pty {
            child,
            keyboard,
            screen,
            reader,
            seen: 0,
        }
    }

    /// Waits until `text` is on the screen, after what was waited for before.
    pub fn expect(&mut self, text: &str) {
        let begin = Instant::now();
        loop {
            let screen = self.screen.lock().unwrap().clone();
            let new = String::from_utf8_lossy(&screen[self.seen..]).into_owned();
            if let Some(at) = new.find(text) {
                self.seen += at + text.len();
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "no {text:?} in {new:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for `prompt` and types a line.
    pub fn answer(&mut self, prompt: &str, line: &str) {
        self.expect(prompt);
        self.keyboard
            .write_all(format!("{line}\n").as_bytes())
            .unwrap();
    }

    /// Waits for the end: the exit code, and all that was on the screen, with plain line feeds.
    pub fn finish(mut self) -> (i32, String) {
        let status = self.child.wait().unwrap();
        self.reader.join().unwrap();
        let screen = self.screen.lock().unwrap();
        let text = String::from_utf8_lossy(&screen).replace("\r\n", "\n");
        (status.code().unwrap(), text)
    }
}

/// Reads until every end of the terminal is closed, which the kernel tells as an error.
fn read_all(from: &mut File, screen: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        screen.lock().unwrap().extend_from_slice(&buffer[..count]);
    }
}

/// What takes a line back.
const ERASE: &str = "\r\x1b[K";

/// What stays on the screen: on a busy machine a quick run may have told its progress, and taken it back.
pub fn without_progress(screen: &str) -> String {
    let mut parts: Vec<&str> = screen.split(ERASE).collect();
    let last = parts.pop().unwrap_or_default();
    let parts = parts.into_iter().enumerate();
    // What is told of the progress stays on its line.
    let stays = parts.filter(|(index, part)| *index == 0 || part.contains('\n'));
    let mut kept: String = stays.map(|(_, part)| part).collect();
    kept.push_str(last);
    kept
}

#[test]
fn progress_goes_and_what_is_said_between_stays() {
    let screen = format!("a\n{ERASE}- b{ERASE}/ b{ERASE}c\n{ERASE}- d{ERASE}e\n");
    assert_eq!(without_progress(&screen), "a\nc\ne\n");
    assert_eq!(without_progress("a\nb"), "a\nb");
}
