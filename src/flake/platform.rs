//! What machines a host is built for.

use super::Flake;
use super::model::Built;
use super::options::{self, Definition};
use crate::eval::value::{Origin, Value};

/// A platform that a host says it is built for.
pub struct Platform {
    /// As Nix calls it, such as `x86_64-linux`.
    pub system: String,
    /// Where it is written.
    pub origin: Option<Origin>,
}

/// The platforms that the host may be built for: those of the strongest option that names one, in the order in which the
/// options win over each other, and at last the argument of `nixosSystem`. A platform that is given by other things than a
/// name is none of them.
///
/// From `nixos/modules/misc/nixpkgs.nix`: `hostPlatform` wins over all others, and what is compiled for another system runs
/// on `crossSystem`.
pub fn platforms(flake: &Flake, built: &Built) -> Vec<Platform> {
    let mut all = Vec::new();
    for option in ["hostPlatform", "crossSystem"] {
        let set = options::definitions(flake, &built.modules, &["nixpkgs", option]);
        let (named, is_settled) = of_option(flake, set);
        all.extend(named);
        if is_settled && !all.is_empty() {
            return all;
        }
    }
    let argument = built.system.argument(flake, "system");
    all.extend(argument.and_then(|value| platform(flake, value, None)));
    all
}

/// The platforms that the definitions of an option name, and whether it certainly has one of them.
fn of_option(flake: &Flake, mut set: Vec<Definition>) -> (Vec<Platform>, bool) {
    let is_settled = options::keep_strongest(&mut set, |one| (one.certain, one.priority));
    let named = set.into_iter().filter_map(|one| {
        let origin = one.binding.map(|site| site.origin());
        platform(flake, one.value, origin)
    });
    (named.collect(), is_settled)
}

fn platform(flake: &Flake, value: Value, binding: Option<Origin>) -> Option<Platform> {
    let attribute = |name: &str| flake.ev.get(&value, name)?.as_text();
    let name = value.as_text().or_else(|| attribute("system"));
    let system = match name {
        Some(name) => name.to_string(),
        None => system_of(&attribute("config")?)?,
    };
    let origin = value.origin.or(binding);
    Some(Platform { system, origin })
}

/// `aarch64-linux` for `aarch64-unknown-linux-gnu`.
fn system_of(triple: &str) -> Option<String> {
    let mut parts = triple.split('-');
    let cpu = parts.next()?;
    parts
        .any(|part| part == "linux")
        .then(|| format!("{cpu}-linux"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flake::model::Model;
    use crate::path::RepoPath;

    /// The platforms of a host with this module and this argument.
    fn of(module: &str, argument: &str) -> Vec<String> {
        let tree = crate::tree::fixture(&format!(
            "#- /flake.nix\n{{ inputs.nixpkgs.url = \"nixpkgs\"; outputs = {{ nixpkgs, ... }}: {{ \
             nixosConfigurations.pi = nixpkgs.lib.nixosSystem {{ {argument} modules = [ ({{ lib, pkgs, ... }}: {{ {module} }}) ]; }}; }}; }}\n"
        ));
        let model = Model::read(&tree, &RepoPath::new("flake.nix").unwrap()).unwrap();
        let (_, _, built) = model.built().next().expect("a host");
        let platforms = platforms(&model.flake, built).into_iter();
        platforms.map(|one| one.system).collect()
    }

    const ARGUMENT: &str = r#"system = "aarch64-linux";"#;

    #[test]
    fn an_option_wins_over_the_argument_whatever_form_its_platform_has() {
        assert_eq!(of("", ARGUMENT), ["aarch64-linux"]);
        for platform in [
            r#""armv6l-linux""#,
            r#"lib.mkDefault "armv6l-linux""#,
            r#"{ system = "armv6l-linux"; }"#,
            r#"{ config = "armv6l-unknown-linux-gnueabihf"; }"#,
            "lib.systems.examples.raspberryPi",
            "lib.systems.examples.muslpi // { gcc.arch = \"armv6k\"; }",
        ] {
            let module = format!("nixpkgs.hostPlatform = {platform};");
            assert_eq!(of(&module, ARGUMENT), ["armv6l-linux"], "{platform}");
            let module = format!("nixpkgs.crossSystem = {platform};");
            assert_eq!(of(&module, ARGUMENT), ["armv6l-linux"], "{platform}");
        }
    }

    #[test]
    fn the_stronger_definition_counts_and_what_may_be_stronger() {
        let both = r#"nixpkgs = lib.mkMerge [ { hostPlatform = lib.mkDefault "x86_64-linux"; } { hostPlatform = "armv7l-linux"; } ];"#;
        assert_eq!(of(both, ARGUMENT), ["armv7l-linux"]);
        let perhaps = r#"nixpkgs = lib.mkMerge [ { hostPlatform = "x86_64-linux"; } (lib.mkIf pkgs.x { hostPlatform = lib.mkForce "armv7l-linux"; }) ];"#;
        assert_eq!(of(perhaps, ARGUMENT), ["x86_64-linux", "armv7l-linux"]);
    }

    #[test]
    fn the_argument_counts_where_the_option_is_not_known() {
        let unknown = "nixpkgs.hostPlatform = pkgs.stdenv.hostPlatform;";
        assert_eq!(of(unknown, ARGUMENT), ["aarch64-linux"]);
        let perhaps = r#"nixpkgs.hostPlatform = lib.mkIf pkgs.x "armv7l-linux";"#;
        assert_eq!(of(perhaps, ARGUMENT), ["armv7l-linux", "aarch64-linux"]);
    }
}
