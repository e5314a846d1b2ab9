//! Values that are attributes of a flake input, whatever way they are written.

use super::Flake;
use crate::eval::value::{Kind, Root, Value};

/// An alias may name an alias; more than this is a cycle, which Nix refuses.
const LONGEST_CHAIN: usize = 8;

impl Flake {
    /// Whether `value` is the attribute at `path` of the flake input `input`, or of one that is an alias of it.
    pub fn is_attribute(&self, value: &Value, input: &str, path: &[String]) -> bool {
        let Kind::Symbol(symbol) = &value.kind else {
            return false;
        };
        let Root::Input(root) = &symbol.root else {
            return false;
        };
        let selected = symbol.path.iter().map(|name| &**name);
        selected.eq(path.iter().map(String::as_str)) && self.aliased(root) == self.aliased(input)
    }

    /// The input that stands behind `name`, which may be an alias: `sops.follows = "sops-nix";`.
    fn aliased<'a>(&'a self, name: &'a str) -> &'a str {
        let target = |name: &&'a str| self.input(name)?.follows.as_deref();
        let chain = std::iter::successors(Some(name), target).take(LONGEST_CHAIN);
        chain.last().unwrap_or(name)
    }
}
