//! Compares two versions of a flake.lock: what was added, and whether anything else moved.
//!
//! Nix numbers the nodes anew whenever it writes the file (`flake-parts_2`), so nodes are compared by the way from the
//! root to them, never by their key. Pure: reads texts, runs nothing.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

/// The inputs that the flake itself has in the lock file `text`.
///
/// # Errors
/// It is no lock file.
pub fn root_inputs(text: &str) -> Result<BTreeSet<String>> {
    let lock = Lock::read(text)?;
    Ok(inputs(lock.node(&lock.root)?).keys().cloned().collect())
}

/// Checks that `after` is `before` with the inputs `added`, and nothing else.
///
/// # Errors
/// What else differs: it is lacking an input, or another one moved.
pub fn check_only_added(before: &str, after: &str, added: &BTreeSet<String>) -> Result<()> {
    let (before, after) = (Lock::read(before)?, Lock::read(after)?);
    let (old_root, new_root) = (before.node(&before.root)?, after.node(&after.root)?);
    if let Some(missing) = added
        .iter()
        .find(|name| !inputs(new_root).contains_key(*name))
    {
        bail!("it has no entry for `{missing}`");
    }
    let mut walk = Walk {
        before: &before,
        after: &after,
        seen: BTreeSet::new(),
    };
    walk.seen.insert((before.root.clone(), after.root.clone()));
    walk.compare_inputs(old_root, new_root, added, "")
}

struct Lock {
    nodes: Map<String, Value>,
    root: String,
}

impl Lock {
    fn read(text: &str) -> Result<Lock> {
        let value: Value = serde_json::from_str(text).context("it is not JSON")?;
        let nodes = value
            .get("nodes")
            .and_then(Value::as_object)
            .context("it has no nodes")?;
        let root = value.get("root").and_then(Value::as_str).unwrap_or("root");
        Ok(Lock {
            nodes: nodes.clone(),
            root: root.to_string(),
        })
    }

    fn node(&self, key: &str) -> Result<&Value> {
        self.nodes
            .get(key)
            .with_context(|| format!("it has no node `{key}`"))
    }
}

fn inputs(node: &Value) -> Map<String, Value> {
    node.get("inputs")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

struct Walk<'a> {
    before: &'a Lock,
    after: &'a Lock,
    seen: BTreeSet<(String, String)>,
}

impl Walk<'_> {
    fn compare_inputs(
        &mut self,
        old: &Value,
        new: &Value,
        added: &BTreeSet<String>,
        path: &str,
    ) -> Result<()> {
        let (old, mut new) = (inputs(old), inputs(new));
        for (name, target) in &old {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}/{name}")
            };
            match (target, new.remove(name)) {
                (_, None) => bail!("the entry of `{path}` is gone"),
                (Value::String(old), Some(Value::String(new))) => {
                    self.compare_nodes(old, &new, &path)?
                }
                (old, Some(new)) if *old == new => {}
                _ => bail!("`{path}` follows another input"),
            }
        }
        let is_added = |name: &String| path.is_empty() && added.contains(name);
        match new.keys().find(|name| !is_added(name)) {
            Some(name) if path.is_empty() => bail!("it has a new entry for `{name}` as well"),
            Some(name) => bail!("it has a new entry for `{path}/{name}` as well"),
            None => Ok(()),
        }
    }

    fn compare_nodes(&mut self, old: &str, new: &str, path: &str) -> Result<()> {
        if !self.seen.insert((old.to_string(), new.to_string())) {
            return Ok(());
        }
        let (old, new) = (self.before.node(old)?, self.after.node(new)?);
        if own_fields(old) != own_fields(new) {
            bail!("the entry of `{path}` moved");
        }
        self.compare_inputs(old, new, &BTreeSet::new(), path)
    }
}

/// A node without its inputs.
fn own_fields(node: &Value) -> Map<String, Value> {
    let mut fields = node.as_object().cloned().unwrap_or_default();
    fields.remove("inputs");
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn node(rev: &str, inputs: Value) -> Value {
        json!({ "locked": { "rev": rev }, "inputs": inputs })
    }

    fn lock(nodes: Value) -> String {
        json!({ "nodes": nodes, "root": "root", "version": 7 }).to_string()
    }

    fn before() -> String {
        lock(json!({
            "root": { "inputs": { "nixpkgs": "nixpkgs", "zsh": "zsh" } },
            "nixpkgs": node("a", json!({})),
            "zsh": node("b", json!({ "nixpkgs": ["nixpkgs"], "parts": "parts" })),
            "parts": node("c", json!({})),
        }))
    }

    fn after(change: impl FnOnce(&mut Value)) -> String {
        let mut nodes = json!({
            "root": { "inputs": { "nixpkgs": "nixpkgs", "zsh": "zsh", "llama-cpp": "llama-cpp" } },
            "nixpkgs": node("a", json!({})),
            "zsh": node("b", json!({ "nixpkgs": ["nixpkgs"], "parts": "parts_2" })),
            "parts_2": node("c", json!({})),
            "llama-cpp": node("d", json!({ "nixpkgs": ["nixpkgs"], "parts": "parts" })),
            "parts": node("e", json!({})),
        });
        change(&mut nodes);
        lock(nodes)
    }

    fn check(after: &str) -> Result<(), String> {
        let added = BTreeSet::from(["llama-cpp".to_string()]);
        check_only_added(&before(), after, &added).map_err(|error| error.to_string())
    }

    #[test]
    fn an_addition_that_numbers_the_nodes_anew_moves_nothing() {
        assert_eq!(check(&after(|_| {})), Ok(()));
        let names = root_inputs(&before()).unwrap();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["nixpkgs", "zsh"]);
    }

    #[test]
    fn whatever_else_differs_is_told() {
        let told = |change: fn(&mut Value)| check(&after(change)).unwrap_err();
        assert_eq!(
            told(|nodes| nodes["nixpkgs"]["locked"]["rev"] = json!("z")),
            "the entry of `nixpkgs` moved"
        );
        assert_eq!(
            told(|nodes| nodes["parts_2"]["locked"]["rev"] = json!("z")),
            "the entry of `zsh/parts` moved"
        );
        assert_eq!(
            told(|nodes| nodes["zsh"]["inputs"]["nixpkgs"] = json!(["zsh"])),
            "`zsh/nixpkgs` follows another input"
        );
        assert_eq!(
            told(|nodes| nodes["root"]["inputs"]["more"] = json!("parts")),
            "it has a new entry for `more` as well"
        );
        assert_eq!(
            told(|nodes| nodes["parts_2"]["inputs"]["x"] = json!("parts")),
            "it has a new entry for `zsh/parts/x` as well"
        );
        let without = |name: &'static str| {
            check(&after(|nodes| {
                drop(
                    nodes["root"]["inputs"]
                        .as_object_mut()
                        .unwrap()
                        .remove(name),
                )
            }))
            .unwrap_err()
        };
        assert_eq!(without("zsh"), "the entry of `zsh` is gone");
        assert_eq!(without("llama-cpp"), "it has no entry for `llama-cpp`");
        assert_eq!(check("{").unwrap_err(), "it is not JSON");
    }
}
