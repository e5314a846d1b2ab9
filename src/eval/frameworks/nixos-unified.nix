# nixos-unified: flake-parts with hosts, modules and overlays found by where they lie. The flake itself is called with the
# user's inputs, so its flake-parts is the user's.
{ lib, ... }:
let
  # `x.nix` and `x/default.nix` of a directory, by name.
  filesIn =
    directory: f:
    if !(builtins.pathExists directory) then
      { }
    else
      let
        found = lib.mapAttrsToList (
          name: type:
          if type == "directory" then
            lib.optional (builtins.pathExists "${directory}/${name}/default.nix") (
              lib.nameValuePair name (f "${directory}/${name}")
            )
          else
            lib.optional (lib.hasSuffix ".nix" name) (
              lib.nameValuePair (lib.removeSuffix ".nix" name) (f "${directory}/${name}")
            )
        ) (builtins.readDir directory);
      in
      builtins.listToAttrs (builtins.concatLists found);

  library =
    {
      self,
      inputs,
      config,
      ...
    }:
    let
      special.flake = { inherit self inputs config; };
      homeManager.imports = [
        inputs.home-manager.nixosModules.home-manager
        {
          home-manager.useGlobalPkgs = true;
          home-manager.useUserPackages = true;
          home-manager.extraSpecialArgs = special;
        }
      ];
    in
    {
      flake.nixos-unified.lib = {
        specialArgsFor = lib.genAttrs [
          "common"
          "nixos"
          "darwin"
        ] (_: special);
        mkLinuxSystem =
          {
            home-manager ? false,
          }:
          module:
          inputs.nixpkgs.lib.nixosSystem {
            specialArgs = special;
            modules = [ module ] ++ lib.optional home-manager homeManager;
          };
      };
    };

  autoWire =
    { self, ... }:
    let
      parts = self.nixos-unified.lib;
      directories = map (name: "${self}/${name}") [
        "configurations/nixos"
        "configurations/darwin"
        "configurations/home"
        "modules/nixos"
        "modules/darwin"
        "modules/home"
        "overlays"
      ];
    in
    {
      flake = {
        nixosConfigurations = builtins.listsDirectories directories (
          filesIn "${self}/configurations/nixos" (parts.mkLinuxSystem { home-manager = true; })
        );
        nixosModules = filesIn "${self}/modules/nixos" (file: file);
        darwinModules = filesIn "${self}/modules/darwin" (file: file);
        homeModules = filesIn "${self}/modules/home" (file: file);
        overlays = filesIn "${self}/overlays" (file: import file parts.specialArgsFor.common);
      };
    };

  places = [
    "nix/modules/flake"
    "modules/flake"
    "nix/modules/flake-parts"
    "modules/flake-parts"
  ];
in
rec {
  flakeModules = {
    default = library;
    inherit autoWire;
  };
  flakeModule = library;
  lib.mkFlake =
    {
      inputs,
      root,
      systems ? [
        "x86_64-linux"
        "x86_64-darwin"
        "aarch64-linux"
        "aarch64-darwin"
      ],
      specialArgs ? { },
    }:
    let
      directory = builtins.head (builtins.filter (place: builtins.pathExists "${root}/${place}") places);
    in
    inputs.flake-parts.lib.mkFlake { inherit inputs specialArgs; } {
      inherit systems;
      _module.args = { inherit root; };
      imports = map (name: "${root}/${directory}/${name}") (
        builtins.attrNames (builtins.readDir "${root}/${directory}")
      );
    };
}
