//! Typed reading of one table: each key is asked for by name and type; `finish` reports the keys nobody asked for.

use super::document::{Entry, Node, Value};
use super::schema::KEYS;
use super::source::{Setting, Spot};
use super::suggest::did_you_mean;
use crate::diagnostic::Diagnostic;

/// What is wrong with the recipe, gathered so that the user sees all of it at once.
pub(super) type Problems = Vec<Diagnostic>;

/// The keys of one table, and which of them were asked for.
pub(super) struct Fields<'a> {
    /// The table's name, empty for the whole file.
    name: &'static str,
    /// `None` if it is no table, which has been said.
    entries: Option<&'a [Entry]>,
    spot: &'a Spot,
    known: Vec<&'static str>,
}

/// The keys of `node`, or an empty table and a problem if it is none.
pub(super) fn fields<'a>(
    problems: &mut Problems,
    name: &'static str,
    node: &'a Node,
) -> Fields<'a> {
    Fields {
        name,
        entries: match &node.value {
            Value::Table(entries) => Some(entries),
            other => {
                problems.push(wrong_type(node, name, "a table", other));
                None
            }
        },
        spot: &node.spot,
        known: Vec::new(),
    }
}

impl<'a> Fields<'a> {
    /// The value of `key`, of any type.
    pub fn any(&mut self, key: &'static str) -> Option<&'a Node> {
        debug_assert!(KEYS.contains(&(self.name, key)), "{}.{key}", self.name);
        self.known.push(key);
        let entry = self.entries?.iter().find(|entry| entry.key == key)?;
        Some(&entry.node)
    }

    pub fn text(&mut self, problems: &mut Problems, key: &'static str) -> Option<Setting<String>> {
        let node = self.any(key)?;
        text(problems, key, node)
    }

    /// The same, and a problem if it is missing.
    pub fn required_text(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Option<Setting<String>> {
        if self
            .entries
            .is_some_and(|entries| entries.iter().all(|entry| entry.key != key))
        {
            let message = format!("`[{}]` lacks `{key}`", self.name);
            problems.push(self.spot.error("recipe-invalid", message));
        }
        self.text(problems, key)
    }

    pub fn bool(&mut self, problems: &mut Problems, key: &'static str) -> Option<bool> {
        let node = self.any(key)?;
        match &node.value {
            Value::Bool(value) => Some(*value),
            other => {
                problems.push(wrong_type(node, key, "true or false", other));
                None
            }
        }
    }

    /// The strings of a list.
    pub fn texts(&mut self, problems: &mut Problems, key: &'static str) -> Vec<Setting<String>> {
        self.any(key)
            .map(|node| texts(problems, key, node))
            .unwrap_or_default()
    }

    /// A table under `key` whose keys are the user's and whose values are lists of strings.
    pub fn lists(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Vec<(Setting<String>, Vec<Setting<String>>)> {
        let Some(node) = self.any(key) else {
            return Vec::new();
        };
        let Value::Table(entries) = &node.value else {
            problems.push(wrong_type(node, key, "a table", &node.value));
            return Vec::new();
        };
        let pair = |entry: &Entry| (entry.name(), texts(problems, &entry.key, &entry.node));
        entries.iter().map(pair).collect()
    }

    /// A table under `key` whose keys are the user's and whose values are strings.
    pub fn map(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Vec<(Setting<String>, Setting<String>)> {
        match self.any(key) {
            Some(node) => map(problems, key, node),
            None => Vec::new(),
        }
    }

    /// Reports every key that was not asked for.
    pub fn finish(self, problems: &mut Problems) {
        for entry in self.entries.unwrap_or_default() {
            if self.known.contains(&entry.key.as_str()) {
                continue;
            }
            let place = if self.name.is_empty() {
                String::new()
            } else {
                format!(" in `[{}]`", self.name)
            };
            let message = format!("unknown key `{}`{place}", entry.key);
            let mut error = entry.spot.error("recipe-unknown-key", message);
            error.help = did_you_mean(&entry.key, &self.known);
            problems.push(error);
        }
    }
}

/// A table whose keys are the user's and whose values are strings, in its order.
pub(super) fn map(
    problems: &mut Problems,
    name: &str,
    node: &Node,
) -> Vec<(Setting<String>, Setting<String>)> {
    let Value::Table(entries) = &node.value else {
        problems.push(wrong_type(node, name, "a table", &node.value));
        return Vec::new();
    };
    let pair = |entry: &Entry| Some((entry.name(), text(problems, &entry.key, &entry.node)?));
    entries.iter().filter_map(pair).collect()
}

impl Entry {
    /// The key and where it is written.
    fn name(&self) -> Setting<String> {
        Setting {
            value: self.key.clone(),
            spot: self.spot.clone(),
        }
    }
}

fn texts(problems: &mut Problems, key: &str, node: &Node) -> Vec<Setting<String>> {
    match &node.value {
        Value::List(items) => {
            let items = items.iter();
            items.filter_map(|item| text(problems, key, item)).collect()
        }
        other => {
            problems.push(wrong_type(node, key, "a list of strings", other));
            Vec::new()
        }
    }
}

fn text(problems: &mut Problems, key: &str, node: &Node) -> Option<Setting<String>> {
    match &node.value {
        Value::Text(text) => Some(Setting {
            value: text.clone(),
            spot: node.spot.clone(),
        }),
        other => {
            problems.push(wrong_type(node, key, "a string", other));
            None
        }
    }
}

fn wrong_type(node: &Node, key: &str, wanted: &str, found: &Value) -> Diagnostic {
    let message = format!("`{key}` must be {wanted}, not {}", found.kind());
    node.spot.error("recipe-type", message)
}
