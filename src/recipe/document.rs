//! A recipe file as a tree of values that remember where they were written, and the merge of two of them.
//!
//! Knows TOML, but no key of the format.

use std::ops::Range;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fields::Problems;
use super::source::{Source, Spot};
use crate::diagnostic::Diagnostic;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub spot: Spot,
    pub value: Value,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Bool(bool),
    Integer(String),
    List(Vec<Node>),
    /// In the order in which the keys are written.
    Table(Vec<Entry>),
    /// A kind that the format has no use for, by its name.
    Other(&'static str),
}

/// A key, where it is written, and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: String,
    pub spot: Spot,
    pub node: Node,
}

impl Value {
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a string",
            Value::Bool(_) => "a boolean",
            Value::Integer(_) => "an integer",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other(kind) => kind,
        }
    }
}

/// The tree of `source`, which must be TOML of the version that nixfix knows.
pub(super) fn parse(problems: &mut Problems, source: Source) -> Option<Node> {
    let source = Rc::new(source);
    let spot = |range: Range<usize>| Spot {
        source: Rc::clone(&source),
        range,
    };
    match DeTable::parse(&source.text) {
        Ok(table) => {
            let entries = entries(table.get_ref(), &source);
            let wrong = wrong_version(&spot(0..0), &entries);
            let fine = wrong.is_none();
            problems.extend(wrong);
            fine.then(|| Node {
                spot: spot(0..0),
                value: Value::Table(entries),
            })
        }
        Err(error) => {
            let range = error.span().unwrap_or(source.text.len()..source.text.len());
            let message = format!("no valid TOML: {}", error.message());
            problems.push(spot(range).error("recipe-syntax", message));
            None
        }
    }
}

fn wrong_version(start: &Spot, entries: &[Entry]) -> Option<Diagnostic> {
    const HELP: &str = "this nixfix reads `version = 1`";
    let Some(version) = entries.iter().find(|entry| entry.key == "version") else {
        let error = start.error("recipe-version", "the recipe does not say its `version`");
        return Some(error.help("write `version = 1` on its first line"));
    };
    let (code, message) = match &version.node.value {
        Value::Integer(number) if number == "1" => return None,
        Value::Integer(number) => (
            "recipe-version",
            format!("recipe version {number} is not known"),
        ),
        other => (
            "recipe-type",
            format!("`version` must be an integer, not {}", other.kind()),
        ),
    };
    Some(version.node.spot.error(code, message).help(HELP))
}

fn entries(table: &DeTable<'_>, source: &Rc<Source>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            spot: Spot {
                source: Rc::clone(source),
                range: key.span(),
            },
            node: node(value, source),
        })
        .collect();
    // The table comes sorted by name.
    entries.sort_by_key(|entry| entry.spot.range.start);
    entries
}

fn node(value: &Spanned<DeValue<'_>>, source: &Rc<Source>) -> Node {
    Node {
        spot: Spot {
            source: Rc::clone(source),
            range: value.span(),
        },
        value: match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Integer(number) => Value::Integer(number.as_str().to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| node(item, source)).collect())
            }
            DeValue::Table(table) => Value::Table(entries(table, source)),
            DeValue::Float(_) => Value::Other("a float"),
            DeValue::Datetime(_) => Value::Other("a date"),
        },
    }
}

/// Puts `upper` over `lower`: tables key by key, anything else as a whole.
pub(super) fn merge(lower: &mut Node, upper: Node) {
    if let (Value::Table(below), Value::Table(_)) = (&mut lower.value, &upper.value) {
        let Value::Table(above) = upper.value else {
            return;
        };
        for entry in above {
            match below.iter_mut().find(|old| old.key == entry.key) {
                Some(old) => {
                    merge(&mut old.node, entry.node);
                    old.spot = entry.spot;
                }
                None => below.push(entry),
            }
        }
        // What the merged table lacks is for the upper file to add.
        lower.spot = upper.spot;
    } else {
        *lower = upper;
    }
}
