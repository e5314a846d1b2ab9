//! `nixfix init`: the text of a `nixfix.toml` that names every host's profile and why, or of one that has the hosts it
//! lacked. Every byte that was there stays. Reads and writes no file.
//!
//! What rests on evidence becomes a setting. What does not, and what contradicts itself, becomes a commented-out line, so
//! that nothing changes until the user says so: such a host still gets what nixfix finds when it runs.

mod line;
mod place;

use crate::edit::{Edit, FileEdits};
use crate::plan::{Confidence, HostPlan};

use self::line::{Line, line};
use self::place::{Place, named_hosts, place};

/// What a `nixfix.toml` of this run begins with.
const HEAD: &str = "\
# What nixfix migrates this flake to; `nixfix init` adds the hosts that have no line yet.
version = 1

";

/// What the machines of a `nixfix.toml` begin with.
const MACHINES: &str = "\
# The profile of each host, and why. A line here goes before all evidence;
# a commented-out line says and changes nothing.
[machines]
";

/// What is to become of a `nixfix.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every host whose profile is known has a line.
    Complete,
    /// Its new text.
    Text(String),
    /// `machines` is an inline table, where there is no room for reasons.
    Inline,
}

/// The `nixfix.toml` of `hosts`, of which there is `existing` so far: a recipe that was read without a problem. Hosts that
/// could not be judged are left out. `profiles` are those that a machine may choose.
pub fn user_file(existing: Option<&str>, hosts: &[HostPlan], profiles: &[&str]) -> Outcome {
    let named = existing.map(named_hosts).unwrap_or_default();
    let lacking = hosts.iter().filter(|host| !named.contains(&host.name));
    let lines: Vec<Line> = lacking.filter_map(|host| line(host, profiles)).collect();
    if lines.is_empty() {
        return Outcome::Complete;
    }
    let Some(text) = existing else {
        return Outcome::Text(format!("{HEAD}{MACHINES}{}", block(&lines, "")));
    };
    match place(text) {
        Place::Missing => insert(
            text,
            text.len(),
            &format!("\n{MACHINES}{}", block(&lines, "")),
        ),
        Place::Section(at) => insert(text, at, &block(&lines, "")),
        Place::Dotted(at) => insert(text, at, &block(&lines, "machines.")),
        Place::Inline => Outcome::Inline,
    }
}

/// The hosts that get no line, because nothing is known of them.
pub fn unjudged(hosts: &[HostPlan]) -> impl Iterator<Item = &HostPlan> {
    hosts.iter().filter(|host| host.confidence.is_none())
}

/// The lines, with the reasons in one column.
fn block(lines: &[Line], prefix: &str) -> String {
    let setting = |line: &Line| format!("{}{prefix}{}", line.mark(), line.setting);
    let settings: Vec<String> = lines.iter().map(setting).collect();
    let widths = settings.iter().map(|setting| setting.chars().count());
    let width = widths.max().unwrap_or(0);
    let mut out = String::new();
    for (line, setting) in lines.iter().zip(settings) {
        out.push_str(&format!("{setting:width$}  # {}\n", line.reason));
        for side in &line.sides {
            out.push_str(&format!("#   {side}\n"));
        }
    }
    out
}

/// `text` with `lines` before the byte at `at`, which begins a line or ends the text.
fn insert(text: &str, at: usize, lines: &str) -> Outcome {
    let mut lines = lines.to_string();
    if !text[..at].is_empty() && !text[..at].ends_with('\n') {
        // The last line had no end, and the new last line has none either.
        lines = format!("\n{}", lines.trim_end());
    }
    if text.contains("\r\n") {
        lines = lines.replace('\n', "\r\n");
    }
    let mut edits = FileEdits::default();
    edits
        .add(Edit::insert(at, lines))
        .expect("a single edit overlaps none");
    Outcome::Text(edits.apply(text))
}

#[cfg(test)]
mod tests;
