//! What a migration is meant to do: the built-in recipe by default, changed by a case where it says otherwise.

use std::collections::BTreeMap;

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
}

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
        }
    }
}

impl Expectation {
    /// Whether `overlay` is the recipe's.
    pub fn is_new(&self, overlay: &Overlay) -> bool {
        overlay.defines(self.variants.keys())
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
