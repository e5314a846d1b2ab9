//! One host before and after: its packages, modules and options. Its overlays are in `overlays`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::evaluate::Comparison;
use super::expectation::{Expectation, Output};
use super::hosts::Host;
use super::values::{self, Renamed};

/// A host that evaluates both times.
pub struct HostPair<'a> {
    /// Its name.
    pub name: &'a str,
    /// As it was.
    pub before: &'a Host,
    /// As it is.
    pub after: &'a Host,
    /// The repository it is of.
    pub comparison: &'a Comparison,
    /// What the migration was meant to do.
    pub expected: &'a Expectation,
}

impl HostPair<'_> {
    /// Everything wrong with it; `inputs` are the nixpkgs inputs that hosts are built from.
    pub fn problems(&self, inputs: &BTreeSet<&str>) -> Vec<String> {
        let mut found = Vec::new();
        if (&self.before.platform, &self.before.nixpkgs)
            != (&self.after.platform, &self.after.nixpkgs)
        {
            found.push("its platform or its nixpkgs has changed".to_string());
        }
        found.extend(self.overlay_problems());
        found.extend(self.variant_problems(inputs));
        found.extend(self.meaning_problems());
        found.extend(self.profile_problem());
        found.extend(self.module_problems());
        found.extend(self.gained_modules_problem());
        found.extend(values::differences(
            &self.options(self.before),
            &self.options(self.after),
            &self.renamed(),
            self.expected,
        ));
        found
    }

    fn variant_problems(&self, inputs: &BTreeSet<&str>) -> Vec<String> {
        let mut found = Vec::new();
        for (name, output) in &self.expected.variants {
            let package = self.after.llama.get(name);
            if !package.is_some_and(|package| self.is_output(package, *output, inputs)) {
                found.push(format!("`pkgs.{name}` is {}", shown(package)));
            }
            let outside = self.after.llama_outside.as_ref();
            if let Some(outside) = outside.map(|packages| packages.get(name))
                && outside != package
            {
                let host = self.name;
                found.push(format!(
                    "`nixosConfigurations.{host}.pkgs.{name}` is {}, not what its modules see",
                    shown(outside)
                ));
            }
        }
        found
    }

    /// `/stub/<input>@<nixpkgs>/<system>/<output>`, see `tests/nix/stubs/llama-cpp.nix`.
    fn is_output(&self, package: &Value, output: Output, inputs: &BTreeSet<&str>) -> bool {
        let platform = self.after.platform.as_str();
        let name = match output {
            Output::Default => "default",
            Output::Named(name) => name,
            Output::Rocm if platform == "x86_64-linux" => "rocm",
            Output::Rocm => "default.override{useRocm=true}",
        };
        let parts = package.as_str().and_then(|path| {
            path.strip_prefix("/stub/")?
                .split_once('@')?
                .1
                .split_once('/')
        });
        parts.is_some_and(|(nixpkgs, rest)| {
            inputs.contains(nixpkgs) && rest == format!("{platform}/{name}")
        })
    }

    /// A name that an overlay of the user's defines means what it meant.
    fn meaning_problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, then) in &self.before.llama {
            let now = self.after.llama.get(name);
            if now != Some(then) && !self.may_change(name) {
                found.push(format!("`pkgs.{name}` was {then}, and is {}", shown(now)));
            }
        }
        found
    }

    fn may_change(&self, name: &String) -> bool {
        self.was_of_deleted_or_nixpkgs(name) || self.expected.shadowed.contains(name)
    }

    fn was_of_deleted_or_nixpkgs(&self, name: &String) -> bool {
        let last = self.before.overlays.iter().rev();
        last.into_iter()
            .find(|overlay| overlay.names.contains(name))
            .is_none_or(|overlay| self.is_deleted(overlay))
    }

    /// Packages of a deleted overlay and of nixpkgs, by what the new one has under their names.
    fn renamed(&self) -> Renamed {
        let pairs = self.before.llama.iter().filter_map(|(name, then)| {
            let now = self.after.llama.get(name)?;
            (self.may_change(name) && then != now).then(|| (then.clone(), now.clone()))
        });
        Renamed(pairs.collect())
    }

    fn profile_problem(&self) -> Option<String> {
        let renamed = self.renamed();
        let then: Vec<Value> = self
            .before
            .system_packages
            .iter()
            .map(|package| renamed.apply(package))
            .collect();
        let now = &self.after.system_packages;
        let Some(gained) = values::gained(&then, now) else {
            return Some(format!(
                "`environment.systemPackages` was {then:?}, and is {now:?}"
            ));
        };
        let is_profile = |package: &Value| match self.expected.profiles.get(self.name) {
            Some(name) => self.after.llama.get(name) == Some(package),
            None => self
                .expected
                .variants
                .keys()
                .any(|name| self.after.llama.get(name) == Some(package)),
        };
        match gained.as_slice() {
            [package] if is_profile(package) => None,
            [] if then.iter().any(is_profile) || self.expected.gains.is_some() => None,
            [] => Some("`environment.systemPackages` lacks its profile's package".to_string()),
            gained => Some(format!("`environment.systemPackages` gained {gained:?}")),
        }
    }

    /// Files that are modules stay so, in their order; one profile comes to them.
    fn module_problems(&self) -> Vec<String> {
        let deleted: Vec<String> = self
            .comparison
            .deleted
            .iter()
            .map(|path| format!("<repo>/{path}"))
            .collect();
        let files = |host: &Host| -> Vec<String> {
            let keys = host.modules.iter();
            keys.filter(|key| {
                key.starts_with("<repo>/") && !key.contains(":anon") && !deleted.contains(key)
            })
            .cloned()
            .collect()
        };
        let (then, now) = (files(self.before), files(self.after));
        match values::gained(&then, &now) {
            None => vec![format!("its modules were {then:?}, and are {now:?}")],
            Some(gained) if gained.len() > 1 => vec![format!("it gained the modules {gained:?}")],
            Some(_) => Vec::new(),
        }
    }

    /// The modules of inputs: those of before in their order, and those that the host was to gain and lacked.
    fn gained_modules_problem(&self) -> Option<String> {
        let (then, now) = (stubs(self.before), stubs(self.after));
        let wanted = self
            .expected
            .gains
            .as_ref()
            .map(|gains| gains.modules_of(self.name));
        let wanted = wanted.into_iter().flatten();
        let lacking: Vec<&String> = wanted.filter(|key| !has(&then, key)).collect();
        let gained = values::gained(&then, &now).map(|gained| {
            let mut gained: Vec<&String> = gained.into_iter().copied().collect();
            gained.sort();
            gained
        });
        (gained != Some(lacking))
            .then(|| format!("its modules of inputs were {then:?}, and are {now:?}"))
    }

    /// The options, less the one by which a stub tells that it is there: `gained_modules_problem` sees to that.
    fn options(&self, host: &Host) -> BTreeMap<String, Value> {
        let mut options = host.options.clone();
        if self.expected.gains.is_some() {
            options.remove("stubModules");
        }
        options
    }
}

/// Whether the module is there, by its own name or as the default one of the same input.
fn has(keys: &[&String], wanted: &str) -> bool {
    let (input, _) = wanted.split_once('#').unwrap_or((wanted, ""));
    let default = format!("{input}#nixosModules.default");
    keys.iter().any(|key| *key == wanted || **key == default)
}

fn stubs(host: &Host) -> Vec<&String> {
    host.modules
        .iter()
        .filter(|key| key.contains('#'))
        .collect()
}

fn shown(package: Option<&Value>) -> String {
    package.map_or_else(|| "missing".to_string(), Value::to_string)
}
