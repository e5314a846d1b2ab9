//! What is known of the flake's inputs: what each is, and which input of another is meant by `inputs.x.inputs.y`.
//!
//! An input of an input is called as `follows` would call it: `x/nixpkgs`. No name of an input has a slash.

use rustc_hash::FxHashMap;

use super::value::{Name, Root, Value};
use super::{Evaluator, Framework};

/// What a flake input is, as far as nixfix models it. Told from its url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Any nixpkgs, or its `lib` alone.
    Nixpkgs,
    /// A framework that flakes are built with.
    Framework(Framework),
    /// A flake whose `lib` is known to have these attributes, and no others.
    Library(&'static [&'static str]),
    /// Anything else.
    Other,
}

/// The flake's inputs.
#[derive(Default)]
pub struct Inputs {
    /// What each declared input is.
    pub kinds: FxHashMap<Name, InputKind>,
    /// What a declared input, or an input of it (`x/nixpkgs`), follows.
    pub follows: FxHashMap<Name, Name>,
}

/// `lib` of flakes whose `lib` is often merged over nixpkgs' own, by what their flakerefs have in them.
const LIBRARIES: &[(&str, &[&str])] = &[
    (
        "/home-manager",
        &["hm", "homeManagerConfiguration", "nixosModules"],
    ),
    ("/nix-darwin", &["darwinSystem", "evalConfig"]),
    ("notashelf/nvf", &["neovimConfiguration", "nvim"]),
];

/// Flakes, and the names that stand for them where no url does: in Nix' registry, and as inputs of other flakes.
/// <https://github.com/NixOS/flake-registry>
const REGISTRY: &[(&str, &str)] = &[
    ("github:hercules-ci/flake-parts", "flake-parts"),
    ("github:lnl7/nix-darwin", "nix-darwin"),
    ("github:nix-community/home-manager", "home-manager"),
    ("github:nix-systems/default", "systems"),
    ("github:numtide/flake-utils", "flake-utils"),
];

/// An alias may name an alias; more than this is a cycle, which Nix refuses.
const LONGEST_CHAIN: usize = 8;

impl InputKind {
    /// What a flake is that has only this name.
    pub fn of_name(name: &str) -> InputKind {
        match REGISTRY.iter().find(|(_, known)| *known == name) {
            Some((url, _)) => InputKind::of_url(url),
            None if name == "nixpkgs" => InputKind::Nixpkgs,
            None => InputKind::Other,
        }
    }

    /// What a flake is that lives at this flakeref, where it is no nixpkgs.
    pub fn of_url(url: &str) -> InputKind {
        let url = url.to_ascii_lowercase();
        let name = url.strip_prefix("flake:").unwrap_or(&url);
        if !name.contains([':', '/']) {
            return InputKind::of_name(name);
        }
        let library = LIBRARIES.iter().find(|(part, _)| url.contains(part));
        match library {
            Some((_, names)) => InputKind::Library(names),
            None => Framework::of_url(&url).map_or(InputKind::Other, InputKind::Framework),
        }
    }
}

impl Evaluator {
    /// Tells it what the flake's inputs are.
    pub fn set_inputs(&self, inputs: Inputs) {
        *self.inputs.borrow_mut() = inputs;
    }

    /// What the flake input `name` is. An input of another flake is told from what that calls it.
    pub fn input_kind(&self, name: Name) -> InputKind {
        match self.inputs.borrow().kinds.get(&name) {
            Some(kind) => *kind,
            None => name
                .rsplit_once('/')
                .map_or(InputKind::Other, |(_, inner)| InputKind::of_name(inner)),
        }
    }

    /// The nixpkgs that a flake means where it does not say which.
    pub(super) fn main_nixpkgs(&self) -> Option<Name> {
        let inputs = self.inputs.borrow();
        let all = inputs.kinds.iter();
        let all = all.filter(|(_, kind)| **kind == InputKind::Nixpkgs);
        let rank = |name: &Name| (&**name != "nixpkgs", *name);
        all.map(|(name, _)| *name).min_by_key(rank)
    }

    /// `inputs.<input>.inputs.<name>`, where it is known what that is: an input that it follows, or a nixpkgs of its own.
    pub(super) fn input_of(&self, input: Name, name: &str) -> Option<Value> {
        let found = self.inner_input(input, name, LONGEST_CHAIN)?;
        Some(Value::symbol(Root::Input(found), Vec::new()))
    }

    fn inner_input(&self, input: Name, name: &str, chain: usize) -> Option<Name> {
        let input = self.followed(input, chain)?;
        let path = Name::from(&*format!("{input}/{name}"));
        let is_followed = self.inputs.borrow().follows.contains_key(&path);
        match is_followed {
            true => self.followed(path, chain),
            false => (name == "nixpkgs").then_some(path),
        }
    }

    /// The input that stands behind an alias, which may be an input of an input.
    fn followed(&self, input: Name, chain: usize) -> Option<Name> {
        let target = self.inputs.borrow().follows.get(&input).copied();
        let Some(target) = target else {
            return Some(input);
        };
        let chain = chain.checked_sub(1)?;
        let mut parts = target.split('/');
        let first = Name::from(parts.next()?);
        let is_declared = self.inputs.borrow().kinds.contains_key(&first);
        let first = is_declared.then_some(first)?;
        let last = parts.try_fold(first, |input, name| self.inner_input(input, name, chain))?;
        self.followed(last, chain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `inputs.<input>.inputs.<name>` is in a flake whose inputs follow others like this.
    fn inner(follows: &[(&str, &str)], input: &str, name: &str) -> Option<String> {
        let ev = Evaluator::new(crate::tree::fixture(""));
        let kinds = ["nixpkgs", "unstable", "other", "alias"];
        ev.set_inputs(Inputs {
            kinds: kinds
                .map(|name| (name.into(), InputKind::Other))
                .into_iter()
                .collect(),
            follows: follows
                .iter()
                .map(|(from, to)| ((*from).into(), (*to).into()))
                .collect(),
        });
        let value = ev.input_of(input.into(), name)?;
        Some(value.as_input()?.to_string())
    }

    #[test]
    fn an_input_of_an_input_is_the_one_that_it_follows() {
        let follows = [("other/nixpkgs", "unstable"), ("alias", "other")];
        assert_eq!(
            inner(&follows, "other", "nixpkgs").as_deref(),
            Some("unstable")
        );
        assert_eq!(
            inner(&follows, "alias", "nixpkgs").as_deref(),
            Some("unstable")
        );
        let chain = [("alias/nixpkgs", "other/pkgs"), ("other/pkgs", "nixpkgs")];
        assert_eq!(
            inner(&chain, "alias", "nixpkgs").as_deref(),
            Some("nixpkgs")
        );
    }

    #[test]
    fn a_nixpkgs_that_nothing_is_followed_for_is_the_other_flake_s_own() {
        assert_eq!(
            inner(&[], "other", "nixpkgs").as_deref(),
            Some("other/nixpkgs")
        );
        assert_eq!(inner(&[], "other", "systems"), None);
    }

    #[test]
    fn what_follows_nothing_that_is_declared_is_not_known() {
        assert_eq!(
            inner(&[("other/nixpkgs", "missing")], "other", "nixpkgs"),
            None
        );
        let circle = [
            ("other/nixpkgs", "alias/nixpkgs"),
            ("alias/nixpkgs", "other/nixpkgs"),
        ];
        assert_eq!(inner(&circle, "other", "nixpkgs"), None);
    }
}
