//! What Nix says of a repository: its hosts and homes, each evaluated or failed.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// A repository as Nix sees it, or why Nix does not see any host: the message.
pub type Evaluated = Result<Configurations, String>;

/// Hosts and homes by name; each failed one with Nix's message.
#[derive(Debug, Default)]
pub struct Configurations {
    /// `nixosConfigurations`.
    pub hosts: BTreeMap<String, Result<Host, String>>,
    /// `homeConfigurations`.
    pub homes: BTreeMap<String, Result<Home, String>>,
}

/// One evaluated `nixosConfiguration`.
#[derive(PartialEq, Debug, Deserialize)]
pub struct Host {
    /// Its system, such as `x86_64-linux`.
    pub platform: String,
    /// The input whose package set its modules use.
    pub nixpkgs: String,
    /// The overlays of that package set, in order.
    pub overlays: Vec<Overlay>,
    /// What each `llama-cpp*` package of that package set is.
    pub llama: BTreeMap<String, Value>,
    /// The same for `nixosConfigurations.<host>.pkgs`, unless the modules get another `pkgs`.
    pub llama_outside: Option<BTreeMap<String, Value>>,
    /// `environment.systemPackages`, in order.
    pub system_packages: Vec<Value>,
    /// The keys of its modules, in the order in which they are met.
    pub modules: Vec<String>,
    /// Every other option that somebody sets.
    pub options: BTreeMap<String, Value>,
}

/// One evaluated `homeConfiguration`.
#[derive(Debug, Deserialize)]
pub struct Home {
    /// `home.packages`, in order.
    pub packages: Vec<Value>,
    /// What its package set has under each name that begins with `llama-cpp`.
    pub llama: BTreeMap<String, Value>,
    /// Every other option that somebody sets.
    pub options: BTreeMap<String, Value>,
}

/// An overlay, known by what it defines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Overlay {
    /// The names, sorted.
    pub names: Vec<String>,
    /// The files in which those names are written; none for computed names.
    pub files: Vec<String>,
}

impl Overlay {
    /// Whether all of `names` come from this overlay.
    pub fn defines<'a>(&self, mut names: impl Iterator<Item = &'a String>) -> bool {
        names.all(|name| self.names.contains(name))
    }
}
