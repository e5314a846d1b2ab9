//! Where in a `nixfix.toml` the hosts stand, and where more of them go.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// Where further hosts go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// There is no table of them.
    Missing,
    /// Behind the hosts of `[machines]`.
    Section(usize),
    /// Behind the last `machines.carbon = "cuda"`.
    Dotted(usize),
    /// In `machines = { }`.
    Inline,
}

/// Where further hosts go in `text`, which is TOML.
pub(super) fn place(text: &str) -> Place {
    let Some((key, entries)) = machines(text) else {
        return Place::Missing;
    };
    let before = text[..key.start].rsplit('\n').next().unwrap_or_default();
    let after = text[key.end..].trim_start_matches([' ', '\t', '"', '\'']);
    let last = entries.iter().map(|entry| entry.end).max();
    let at = behind_hosts(text, last.unwrap_or(key.end));
    match (
        before.trim_start().starts_with('['),
        after.as_bytes().first(),
    ) {
        (true, _) => Place::Section(at),
        (false, Some(b'.')) => Place::Dotted(at),
        (false, _) => Place::Inline,
    }
}

/// The hosts that have a line in `text`, be it commented out.
pub(super) fn named_hosts(text: &str) -> BTreeSet<String> {
    let mut hosts: BTreeSet<String> = text.lines().filter_map(commented_out).collect();
    if let Ok(table) = DeTable::parse(text)
        && let Some(DeValue::Table(machines)) =
            table.get_ref().get("machines").map(|it| it.get_ref())
    {
        hosts.extend(machines.keys().map(|host| host.get_ref().to_string()));
    }
    hosts
}

/// The places of the key `machines` and of the values in it.
fn machines(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let table = DeTable::parse(text).ok()?;
    let (key, value) = table.get_ref().get_key_value("machines")?;
    let DeValue::Table(machines) = value.get_ref() else {
        return None;
    };
    Some((
        key.span(),
        machines.values().map(|host| host.span()).collect(),
    ))
}

/// The offset behind the line of `last` and the commented-out hosts that follow, with what stands between them.
fn behind_hosts(text: &str, last: usize) -> usize {
    let line_end = |from: usize| {
        text[from..]
            .find('\n')
            .map_or(text.len(), |at| from + at + 1)
    };
    let mut at = line_end(last);
    let mut end = at;
    while at < text.len() {
        let next = line_end(at);
        let line = &text[at..next];
        match line.trim_start().as_bytes().first() {
            Some(b'#') if commented_out(line).is_some() || is_side(line) => end = next,
            None | Some(b'#') => {}
            Some(_) => break,
        }
        at = next;
    }
    end
}

/// The host of a line such as `# carbon = "cuda"`.
fn commented_out(line: &str) -> Option<String> {
    let inside = line
        .trim()
        .strip_prefix('#')?
        .trim_start_matches(['#', ' ', '\t']);
    let table: toml::Table = toml::from_str(inside).ok()?;
    let inner = table.get("machines").and_then(toml::Value::as_table);
    let (host, profile) = inner.unwrap_or(&table).iter().next()?;
    profile.as_str().map(|_| host.clone())
}

/// Whether this is what `init` writes below a host that contradicts itself.
fn is_side(line: &str) -> bool {
    line.starts_with("#   ")
}
