//! The inputs a flake declares.

use std::collections::BTreeMap;

use crate::eval::value::{Attr, Attrs, Name, Site, Value};
use crate::eval::{Evaluator, InputKind, Inputs};
use crate::expr::Param;

/// A flake input.
#[derive(Clone)]
pub struct Input {
    /// Its name.
    pub name: Name,
    /// Its flakeref: the `url`, or `type:owner/repo` of an input declared as a set.
    pub url: Option<String>,
    /// The root input it is an alias of: `nixpkgs.follows = "unstable";`.
    pub follows: Option<String>,
    /// What its own inputs follow, by their names.
    pub overrides: BTreeMap<Name, Option<String>>,
    /// Whether it is used as a flake, not as a mere source tree (`flake = false`).
    pub is_flake: bool,
    /// Where it is declared; `None` for an input that only `outputs` names.
    pub binding: Option<Site>,
}

/// The declared inputs, then those that only `outputs` names (Nix looks these up in the registry).
pub(super) fn read(ev: &Evaluator, flake: &Attrs, outputs: &Param) -> Vec<Input> {
    let set = flake.map.get("inputs").map(|attr| ev.force(&attr.value));
    let mut inputs = match set.as_ref().and_then(Value::as_attrs) {
        Some(set) => declared_in(ev, set),
        None => Vec::new(),
    };
    inputs.sort_by_key(|input| input.binding.as_ref().map(|site| site.range().start));
    for name in outputs.formals().iter().map(|formal| &formal.name) {
        if &**name != "self" && !inputs.iter().any(|input| input.name == *name) {
            inputs.push(Input {
                name: *name,
                url: None,
                follows: None,
                overrides: BTreeMap::new(),
                is_flake: true,
                binding: None,
            });
        }
    }
    inputs
}

/// The inputs that a set declares, by name.
pub(super) fn declared_in(ev: &Evaluator, set: &Attrs) -> Vec<Input> {
    let input = |(name, attr): (&Name, &Attr)| {
        declared(ev, name, &ev.force(&attr.value), attr.binding.clone())
    };
    set.map.iter().map(input).collect()
}

fn declared(ev: &Evaluator, name: &Name, value: &Value, binding: Option<Site>) -> Input {
    let text = |value: &Value, attr: &str| {
        ev.get(value, attr)
            .and_then(|value| value.as_text())
            .map(|text| text.to_string())
    };
    let mut overrides = BTreeMap::new();
    if let Some(inner) = ev.get(value, "inputs")
        && let Some(attrs) = inner.as_attrs()
    {
        for (name, attr) in &attrs.map {
            overrides.insert(*name, text(&ev.force(&attr.value), "follows"));
        }
    }
    let spelled_out = || {
        let (owner, repo) = (text(value, "owner")?, text(value, "repo")?);
        let reference =
            text(value, "ref").map_or_else(String::new, |reference| format!("/{reference}"));
        Some(format!(
            "{}:{owner}/{repo}{reference}",
            text(value, "type").unwrap_or_else(|| "github".to_string())
        ))
    };
    let url = text(value, "url").or_else(spelled_out);
    Input {
        name: *name,
        url,
        follows: text(value, "follows"),
        overrides,
        is_flake: ev.get(value, "flake").and_then(|flake| flake.as_bool()) != Some(false),
        binding,
    }
}

/// What the evaluator has to know of the inputs.
pub(super) fn known(inputs: &[Input]) -> Inputs {
    let mut known = Inputs::default();
    for input in inputs {
        known.kinds.insert(input.name, kind(inputs, input));
        if let Some(target) = &input.follows {
            known.follows.insert(input.name, target.as_str().into());
        }
        for (inner, target) in &input.overrides {
            if let Some(target) = target {
                let path = format!("{}/{inner}", input.name);
                known
                    .follows
                    .insert(path.as_str().into(), target.as_str().into());
            }
        }
    }
    known
}

/// What an input is, told from its flakeref, through aliases.
fn kind(inputs: &[Input], input: &Input) -> InputKind {
    let target = |name: &String| inputs.iter().find(|other| *other.name == **name);
    // An alias of an alias is as far as anybody goes.
    let resolved = input.follows.as_ref().and_then(target).unwrap_or(input);
    match (&resolved.url, &resolved.follows) {
        _ if &*input.name == "nixpkgs" => InputKind::Nixpkgs,
        (Some(url), _) if is_nixpkgs_url(url) => InputKind::Nixpkgs,
        (Some(url), _) => InputKind::of_url(url),
        (None, _) if resolved.name.starts_with("nixpkgs") => InputKind::Nixpkgs,
        (None, Some(path)) => InputKind::of_name(path.rsplit('/').next().unwrap_or(path)),
        (None, None) => InputKind::of_name(&resolved.name),
    }
}

fn is_nixpkgs_url(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let url = url.split(['?', '#']).next().unwrap_or_default();
    url.contains("channels.nixos.org")
        || url
            .split(['/', ':'])
            .any(|part| matches!(part.trim_end_matches(".git"), "nixpkgs" | "nixpkgs.lib"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nixpkgs_is_told_from_what_only_sounds_like_it() {
        for url in [
            "github:nixos/nixpkgs/nixos-unstable",
            "github:someone/nixpkgs",
            "nixpkgs/nixos-24.11",
            "git+https://github.com/NixOS/nixpkgs.git?ref=master",
            "https://flakehub.com/f/NixOS/nixpkgs/0.1",
            "https://channels.nixos.org/nixos-unstable/nixexprs.tar.xz",
            "github:nix-community/nixpkgs.lib",
        ] {
            assert!(is_nixpkgs_url(url), "{url}");
        }
        for url in [
            "github:nix-community/nixpkgs-wayland",
            "github:nix-community/home-manager",
            "path:./x",
        ] {
            assert!(!is_nixpkgs_url(url), "{url}");
        }
    }
}
