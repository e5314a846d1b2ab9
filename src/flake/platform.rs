//! What machines a host is built for.

use super::Flake;
use super::model::Built;
use super::options;
use crate::eval::value::{Origin, Value};

/// A platform that a host says it is built for.
pub struct Platform {
    /// As Nix calls it, such as `x86_64-linux`.
    pub system: String,
    /// Where it is written.
    pub origin: Option<Origin>,
}

/// The platforms that the host names: the argument of `nixosSystem`, and `nixpkgs.hostPlatform`, which wins in nixpkgs. A
/// platform that is given by other things than its name is none of them.
pub fn platforms(flake: &Flake, built: &Built) -> Vec<Platform> {
    let argument = built.system.argument(flake, "system");
    let options = options::definitions(flake, &built.modules, &["nixpkgs", "hostPlatform"]);
    let named = argument.into_iter().map(|value| (value, None));
    let set = options
        .into_iter()
        .map(|one| (one.value, one.binding.map(|site| site.origin())));
    let platform = |(value, binding): (Value, Option<Origin>)| {
        let of_a_set = || flake.ev.get(&value, "system")?.as_text();
        let system = value.as_text().or_else(of_a_set)?.to_string();
        let origin = value.origin.or(binding);
        Some(Platform { system, origin })
    };
    named.chain(set).filter_map(platform).collect()
}
