{ inputs, ... }:
let
  inherit (inputs.nixpkgs.lib // builtins)
    attrNames
    filterAttrs
    foldl'
    mapAttrs'
    nixosSystem
    readDir
    removeSuffix
    ;
  directories = attrNames (filterAttrs (_: type: type == "directory") (readDir ./hosts));
  ofSystem =
    system:
    mapAttrs' (file: _: {
      name = removeSuffix ".nix" file;
      value = nixosSystem {
        inherit system;
        modules = [ (./hosts + "/${system}/${file}") ];
      };
    }) (readDir (./hosts + "/${system}"));
in
{
  flake.nixosConfigurations = foldl' (hosts: system: hosts // ofSystem system) { } directories;
}
