//! The `[input]` table: the flake input to add, and what its own inputs follow.

use super::check;
use super::document::Node;
use super::fields::{Problems, fields};

/// A flake input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name: an identifier.
    pub name: String,
    /// Its flake reference.
    pub url: String,
    /// Flake references under which the same repository was known before.
    pub formerly: Vec<String>,
    /// The systems that it has packages for; empty where that is not told.
    pub systems: Vec<String>,
    /// Its inputs that follow one of the user's, in the order in which they are written.
    pub follows: Vec<(String, Follows)>,
}

impl Input {
    /// Every flake reference that an input of the same repository may have.
    pub fn repositories(&self) -> Vec<&str> {
        let former = self.formerly.iter().map(String::as_str);
        std::iter::once(self.url.as_str()).chain(former).collect()
    }
}

/// What an input of the added input follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follows {
    /// The input that the hosts have their packages from, whatever its name; written `nixpkgs` in a recipe.
    HostNixpkgs,
    /// The input of this name.
    Input(String),
}

pub(super) fn read(problems: &mut Problems, node: &Node) -> Option<Input> {
    let mut fields = fields(problems, "input", node);
    let name = fields.required_text(problems, "name");
    let url = fields.required_text(problems, "url");
    let formerly = fields.texts(problems, "formerly");
    let systems = fields.texts(problems, "systems");
    let mut follows = Vec::new();
    for (left, right) in fields.map(problems, "follows") {
        let left = check::input_name(problems, left);
        let right = check::input_name(problems, right);
        follows.extend(left.zip(right.map(target)));
    }
    fields.finish(problems);
    let name = name.and_then(|name| check::input_name(problems, name));
    let url = url.and_then(|url| check::flakeref(problems, url));
    let formerly = formerly.into_iter();
    let formerly = formerly
        .filter_map(|url| check::flakeref(problems, url))
        .collect();
    Some(Input {
        name: name?,
        url: url?,
        formerly,
        systems: systems.into_iter().map(|system| system.value).collect(),
        follows,
    })
}

fn target(name: String) -> Follows {
    match name.as_str() {
        "nixpkgs" => Follows::HostNixpkgs,
        _ => Follows::Input(name),
    }
}
