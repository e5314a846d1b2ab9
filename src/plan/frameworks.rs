//! What the frameworks' flakes come to: for each the hosts with the files among their modules, and where the overlay goes.
//! Every plan here is proven, or it would change nothing.

use super::{HostStatus, Request, build};
use crate::flake::model::Model;
use crate::flake::modules::ModuleKey;
use crate::path::RepoPath;
use crate::recipe::{Flags, Recipe, Source};

/// `host: module files -> file of the overlay`, a line each, for a fixture without its inputs' nixpkgs.
fn hosts(fixture: &str) -> Vec<String> {
    crate::stack::run_deep(|| look(fixture)).unwrap()
}

fn look(fixture: &str) -> Vec<String> {
    let tree = crate::tree::fixture(fixture);
    let flake = RepoPath::new("flake.nix").unwrap();
    let recipe = Recipe::load(
        vec![Source::built_in()],
        &Flags::default(),
        &RepoPath::root(),
    )
    .unwrap();
    let (only, skip) = (Vec::new(), Vec::new());
    let request = Request {
        flake: flake.clone(),
        only,
        skip,
        keep_going: true,
        shadow: false,
        left_out: crate::plan::LeftOut::default(),
    };
    let plan = build(&tree, &recipe, &request);
    let model = Model::read(&tree, &flake).unwrap();
    let files = |host: &crate::flake::model::HostModel| match &host.built {
        Err(obstacle) => vec![obstacle.reason.clone()],
        Ok(built) => built
            .modules
            .all
            .iter()
            .filter_map(|module| match &module.key {
                ModuleKey::File(file) => Some(file.to_string()),
                _ => None,
            })
            .collect(),
    };
    let line = |(host, planned): (&crate::flake::model::HostModel, &super::HostPlan)| {
        let place = match (&planned.overlay_at, &planned.status) {
            (Some(place), HostStatus::Changes) => place.file.to_string(),
            _ => format!("refused: {}", planned.reason.clone().unwrap_or_default()),
        };
        format!("{}: {} -> {place}", host.host.name, files(host).join(" "))
    };
    model.hosts().iter().zip(&plan.hosts).map(line).collect()
}

#[test]
fn flake_parts_merges_what_its_modules_say() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.parts.url = "github:hercules-ci/flake-parts";
  outputs = inputs: inputs.parts.lib.mkFlake { inherit inputs; } {
    systems = [ "x86_64-linux" ];
    imports = [ ./parts/hosts.nix ./parts/carbon.nix inputs.elsewhere.flakeModule ];
    perSystem = { system, ... }: { _module.args.pkgs = import inputs.nixpkgs { inherit system; overlays = [ ]; }; };
  };
}
#- /parts/hosts.nix
{ lib, config, inputs, withSystem, greeting, ... }: {
  options.machines = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule { options.modules = lib.mkOption { default = [ ]; }; }); };
  config.machines.boron = lib.mkIf (greeting == "hello") { };
  config._module.args.greeting = "hello";
  config.flake.nixosConfigurations = lib.mapAttrs (_: machine: inputs.nixpkgs.lib.nixosSystem {
    modules = [ ../common.nix ] ++ machine.modules;
  }) (removeAttrs config.machines [ "boron" ]) // {
    boron = withSystem "x86_64-linux" ({ pkgs, ... }: inputs.nixpkgs.lib.nixosSystem {
      specialArgs = { inherit pkgs; };
      modules = [ ../boron.nix ];
    });
  };
}
#- /parts/carbon.nix
{ machines.carbon.modules = [ ../carbon.nix ]; }
#- /common.nix
{ }
#- /carbon.nix
{ imports = [ ]; }
#- /boron.nix
{ imports = [ ]; }
"#;
    assert_eq!(
        hosts(fixture),
        [
            "boron: boron.nix -> flake.nix",
            "carbon: common.nix carbon.nix -> parts/hosts.nix",
        ]
    );
}

#[test]
fn every_file_of_an_imported_tree_is_a_module_and_no_new_one_lands_there() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  inputs.import-tree.url = "github:vic/import-tree";
  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./nixos);
}
#- /nixos/carbon.nix
{ config, inputs, ... }: {
  flake.nixosConfigurations.carbon = inputs.nixpkgs.lib.nixosSystem {
    modules = [ config.flake.modules.nixos.base ];
  };
}
#- /nixos/disk.nix
{ flake.modules.nixos.base = ../files/disk.nix; }
#- /nixos/shell.nix
{ flake.modules.nixos.base = { imports = [ ../files/shell.nix ]; }; }
#- /nixos/_lib/ignored.nix
{ flake.modules.nixos.base = ../files/ignored.nix; }
#- /files/disk.nix
{ }
#- /files/shell.nix
{ }
"#;
    assert_eq!(
        hosts(fixture),
        ["carbon: files/disk.nix files/shell.nix -> nixos/carbon.nix"]
    );
}

#[test]
fn flake_utils_leaves_hosts_beside_it_alone() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.flake-utils.url = "github:numtide/flake-utils";
  outputs = inputs: { nixosConfigurations.carbon = inputs.nixpkgs.lib.nixosSystem { modules = [ ./carbon.nix ]; }; }
    // inputs.flake-utils.lib.eachDefaultSystem (system: { packages.x = system; });
}
#- /carbon.nix
{ }
"#;
    assert_eq!(hosts(fixture), ["carbon: carbon.nix -> flake.nix"]);
}

#[test]
fn nixos_unified_finds_hosts_by_their_place() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  inputs.nixos-unified.url = "github:srid/nixos-unified";
  outputs = inputs: inputs.nixos-unified.lib.mkFlake { inherit inputs; root = ./.; };
}
#- /modules/flake/toplevel.nix
{ inputs, ... }: { imports = [ inputs.nixos-unified.flakeModules.default inputs.nixos-unified.flakeModules.autoWire ]; }
#- /modules/nixos/base.nix
{ flake, ... }: { nixpkgs.config.allowUnfree = true; }
#- /configurations/nixos/carbon.nix
{ flake, ... }: { imports = [ flake.self.nixosModules.base ]; }
#- /configurations/nixos/boron/default.nix
{ flake, ... }: { imports = [ flake.inputs.self.nixosModules.base ]; }
"#;
    assert_eq!(
        hosts(fixture),
        [
            "boron: configurations/nixos/boron/default.nix modules/nixos/base.nix -> modules/nixos/base.nix",
            "carbon: configurations/nixos/carbon.nix modules/nixos/base.nix -> modules/nixos/base.nix",
        ]
    );
}

#[test]
fn ez_configs_finds_hosts_and_their_default_module() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  inputs.ez.url = "github:ehllie/ez-configs";
  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
    imports = [ inputs.ez.flakeModule ];
    ezConfigs = { root = ./.; globalArgs = { inherit inputs; }; nixos.hosts.boron.importDefault = false; };
  };
}
#- /nixos-configurations/boron.nix
{ inputs, ... }: { }
#- /nixos-configurations/carbon/default.nix
{ inputs, ... }: { }
#- /nixos-modules/default.nix
{ }
"#;
    assert_eq!(
        hosts(fixture),
        [
            "boron: nixos-configurations/boron.nix -> nixos-configurations/boron.nix",
            "carbon: nixos-configurations/carbon/default.nix nixos-modules/default.nix -> nixos-configurations/carbon/default.nix",
        ]
    );
}

#[test]
fn blueprint_finds_hosts_below_its_prefix() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.blueprint.url = "github:numtide/blueprint";
  outputs = inputs: inputs.blueprint { inherit inputs; prefix = "nix/"; };
}
#- /nix/hosts/carbon/configuration.nix
{ flake, inputs, ... }: { imports = [ flake.nixosModules.base ]; }
#- /nix/hosts/boron/darwin-configuration.nix
{ }
#- /nix/modules/nixos/base.nix
{ }
"#;
    assert_eq!(
        hosts(fixture),
        [
            "carbon: nix/hosts/carbon/configuration.nix nix/modules/nixos/base.nix -> nix/hosts/carbon/configuration.nix"
        ]
    );
}

#[test]
fn flakelight_finds_hosts_in_its_directory_and_its_module() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.flakelight.url = "github:nix-community/flakelight";
  outputs = { flakelight, ... }@inputs: flakelight ./. {
    inherit inputs;
    nixosConfigurations.boron = { system = "x86_64-linux"; modules = [ ./boron.nix ]; };
  };
}
#- /nix/nixos/carbon.nix
{ inputs, ... }: { system = "x86_64-linux"; modules = [ ../../carbon.nix ]; }
#- /boron.nix
{ }
#- /carbon.nix
{ }
"#;
    assert_eq!(
        hosts(fixture),
        [
            "boron: boron.nix -> flake.nix",
            "carbon: carbon.nix -> nix/nixos/carbon.nix",
        ]
    );
}

#[test]
fn clan_finds_machines_by_place_and_by_name() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }@inputs: let
    clan = clan-core.lib.clan {
      inherit self;
      specialArgs = { inherit inputs; };
      machines.boron = { imports = [ ./boron.nix ]; };
    };
  in { inherit (clan.config) nixosConfigurations; };
}
#- /boron.nix
{ inputs, ... }: { imports = [ ]; }
#- /machines/carbon/configuration.nix
{ inputs, ... }: { }
"#;
    assert_eq!(
        hosts(fixture),
        [
            "boron: boron.nix -> boron.nix",
            "carbon: machines/carbon/configuration.nix -> machines/carbon/configuration.nix",
        ]
    );
}

#[test]
fn flake_utils_plus_gives_hosts_the_shared_overlays() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.utils.url = "github:gytis-ivaskevicius/flake-utils-plus";
  outputs = inputs@{ self, utils, ... }: utils.lib.mkFlake {
    inherit self inputs;
    sharedOverlays = [ (final: prev: { }) ];
    hostDefaults.modules = [ ./common.nix ];
    hosts.carbon.modules = [ ./carbon.nix ];
  };
}
#- /common.nix
{ }
#- /carbon.nix
{ }
"#;
    assert_eq!(
        hosts(fixture),
        ["carbon: common.nix carbon.nix -> flake.nix"]
    );
}

#[test]
fn snowfall_finds_hosts_by_architecture_and_modules_everywhere() {
    let fixture = r#"
#- /flake.nix
{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";
  inputs.snowfall-lib.url = "github:snowfallorg/lib";
  outputs = inputs: inputs.snowfall-lib.mkFlake { inherit inputs; src = ./.; overlays = [ ]; };
}
#- /systems/x86_64-linux/carbon/default.nix
{ }
#- /systems/aarch64-darwin/boron/default.nix
{ }
#- /modules/nixos/shell/default.nix
{ }
"#;
    assert_eq!(
        hosts(fixture),
        [
            "carbon: systems/x86_64-linux/carbon/default.nix modules/nixos/shell/default.nix -> flake.nix"
        ]
    );
}
