//! What is going on, on stderr, where someone is watching and it takes longer than an instant.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::report::visible_line;

/// Shorter than this, nobody wants to know.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long a frame stays.
const FRAME: Duration = Duration::from_millis(120);
/// Takes back the line.
const ERASE: &str = "\r\x1b[K";

/// Shows what is going on until it is dropped, and leaves no trace then.
pub(super) struct Progress {
    shared: Arc<Shared>,
    watcher: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    text: String,
    done: bool,
}

impl Progress {
    /// Begins to show `text`, on a terminal of `columns`.
    pub fn start(text: &str, columns: usize, frames: &'static [&'static str]) -> Progress {
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                text: text.to_string(),
                done: false,
            }),
            changed: Condvar::new(),
        });
        let watched = shared.clone();
        let watcher = thread::spawn(move || watched.watch(columns, frames));
        Progress {
            shared,
            watcher: Some(watcher),
        }
    }

    /// Nothing is shown.
    pub fn silent() -> Progress {
        Progress {
            shared: Arc::new(Shared {
                state: Mutex::new(State {
                    text: String::new(),
                    done: true,
                }),
                changed: Condvar::new(),
            }),
            watcher: None,
        }
    }

    /// Shows another text from now on.
    pub fn set(&self, text: &str) {
        if let Ok(mut state) = self.shared.state.lock() {
            state.text = text.to_string();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Ok(mut state) = self.shared.state.lock() {
            state.done = true;
        }
        self.shared.changed.notify_all();
        if let Some(watcher) = self.watcher.take() {
            // A watcher that panicked shows nothing any more.
            let _ = watcher.join();
        }
    }
}

impl Shared {
    fn watch(&self, columns: usize, frames: &[&str]) {
        let mut shown = false;
        let mut pause = PATIENCE;
        for frame in frames.iter().cycle() {
            let Some(text) = self.wait(pause) else { break };
            show(&format!("{ERASE}{}", line(frame, &text, columns)));
            (shown, pause) = (true, FRAME);
        }
        if shown {
            show(ERASE);
        }
    }

    /// The text after the pause; `None` once it is done.
    fn wait(&self, pause: Duration) -> Option<String> {
        let state = self.state.lock().ok()?;
        let waited = self
            .changed
            .wait_timeout_while(state, pause, |state| !state.done);
        let (state, _) = waited.ok()?;
        (!state.done).then(|| state.text.clone())
    }
}

/// The frame and the text, on one line of a terminal of `columns`.
fn line(frame: &str, text: &str, columns: usize) -> String {
    let whole = format!("{frame} {}", visible_line(text));
    whole.chars().take(columns.saturating_sub(1)).collect()
}

/// Who cannot be shown the progress misses nothing.
fn show(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes());
    let _ = err.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_no_longer_than_the_terminal_and_holds_nothing_that_it_would_obey() {
        for (text, columns, shown) in [
            ("checking `a`", 80, "* checking `a`"),
            ("checking `a`", 8, "* check"),
            ("a\x1b[2J\u{202e}b\nc", 80, "* a\\x1b[2J\\u{202e}b\\x0ac"),
            ("anything", 0, ""),
        ] {
            assert_eq!(line("*", text, columns), shown);
        }
    }
}
