//! What a migration is meant to do: the built-in recipe by default, changed by a case where it says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::hosts::Overlay;

/// What a migration is meant to do, beyond what holds for all.
pub struct Expectation {
    /// The packages of the new overlay, with what each must be in llama-cpp's `packages.<system>`.
    pub variants: BTreeMap<String, Output>,
    /// The package of each host's profile; for a host not named, any variant.
    pub profiles: BTreeMap<String, String>,
    /// Names of the recipe's packages that homes may gain.
    pub home_packages: Vec<String>,
    /// Names whose old meaning the new overlay may hide.
    pub shadowed: Vec<String>,
    /// The names of further overlays that every host gains, such as the one for CPU architectures.
    pub further_overlays: Vec<Vec<String>>,
    /// The hosts that are left alone, whatever state they are in.
    pub left: Vec<String>,
    /// What hosts gain instead of the built-in recipe's overlay and profiles.
    pub gains: Option<Gains>,
}

/// What the hosts gain by a recipe: those of them that lack it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Gains {
    /// The names that the new overlay defines; none where there is no new overlay.
    pub overlay: Vec<String>,
    /// The keys of modules that every host gains.
    pub modules: Vec<String>,
    /// The keys of modules that a host gains besides.
    pub hosts: BTreeMap<String, Vec<String>>,
}

impl Gains {
    /// The keys of the modules that `host` is to have.
    pub fn modules_of(&self, host: &str) -> BTreeSet<&String> {
        let own = self.hosts.get(host).into_iter().flatten();
        self.modules.iter().chain(own).collect()
    }
}

/// The packages of the recipe's second overlay, sorted.
const ADVANCED: [&str; 3] = [
    "llama-cpp-ryzen",
    "llama-cpp-ryzen-zen4",
    "llama-cpp-tiger-lake",
];

/// An output of the llama-cpp flake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// `default`, untouched.
    Default,
    /// The output of this name.
    Named(&'static str),
    /// The output `rocm` where there is one, else `default` built with it.
    Rocm,
}

impl Default for Expectation {
    /// The built-in recipe.
    fn default() -> Expectation {
        let variants = [
            ("llama-cpp-cpu", Output::Default),
            ("llama-cpp-cuda", Output::Named("cuda")),
            ("llama-cpp-vulkan", Output::Named("vulkan")),
            ("llama-cpp-rocm", Output::Rocm),
        ];
        Expectation {
            variants: variants
                .map(|(name, output)| (name.to_string(), output))
                .into(),
            profiles: BTreeMap::new(),
            home_packages: Vec::new(),
            shadowed: Vec::new(),
            further_overlays: Vec::new(),
            left: Vec::new(),
            gains: None,
        }
    }
}

impl Expectation {
    /// Another recipe, by which hosts gain nothing but this.
    pub fn of(gains: Gains) -> Expectation {
        Expectation {
            variants: BTreeMap::new(),
            gains: Some(gains),
            ..Expectation::default()
        }
    }

    /// What arguments of `nixfix apply` change.
    pub fn read_arguments(&mut self, arguments: &[String]) {
        for (index, argument) in arguments.iter().enumerate() {
            let value = arguments
                .get(index + 1)
                .and_then(|next| next.split_once('='));
            match (argument.as_str(), value) {
                ("--profile", Some((host, profile))) => self.expect_profile(host, profile),
                ("--home", Some((_, package))) => self.home_packages.push(package.to_string()),
                ("--shadow", _) => self.shadowed.extend(self.variants.keys().cloned()),
                ("--advanced", _) => self
                    .further_overlays
                    .push(ADVANCED.map(|name| name.to_string()).to_vec()),
                _ => {}
            }
        }
    }

    /// Names the profile of a host.
    pub fn expect_profile(&mut self, host: &str, profile: &str) {
        let variant = if profile == "cpu-optimized" {
            "cpu"
        } else {
            profile
        };
        let package = format!("llama-cpp-{variant}");
        self.profiles.insert(host.to_string(), package);
    }

    /// Whether `overlay` is the recipe's.
    pub fn is_new(&self, overlay: &Overlay) -> bool {
        match &self.gains {
            Some(gains) => !gains.overlay.is_empty() && overlay.defines(gains.overlay.iter()),
            None => overlay.defines(self.variants.keys()),
        }
    }

    /// Whether there is a new overlay at all.
    pub fn has_overlay(&self) -> bool {
        self.gains
            .as_ref()
            .is_none_or(|gains| !gains.overlay.is_empty())
    }

    /// Whether `overlay` is one of those that every host may gain besides.
    pub fn is_further(&self, overlay: &Overlay) -> bool {
        self.further_overlays.contains(&overlay.names)
    }

    /// Whether `package` is one that homes may gain.
    pub fn is_home_package(&self, package: &Value) -> bool {
        let outputs = self
            .home_packages
            .iter()
            .filter_map(|name| self.variants.get(name));
        let path = package.as_str().unwrap_or_default();
        outputs
            .map(|output| match output {
                Output::Default => "/default",
                Output::Named(name) => name,
                Output::Rocm => "/rocm",
            })
            .any(|end| path.starts_with("/stub/llama-cpp@") && path.ends_with(end))
    }
}
