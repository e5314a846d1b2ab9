{ lib, inputs }:
let
  modulesOf = name: map (module: module) [ (./machines + "/${name}.nix") ];
in
{
  host =
    name:
    let
      modules = modulesOf name;
    in
    lib.nixosSystem {
      inherit modules;
      system = "x86_64-linux";
      specialArgs = { inherit inputs; };
    };
}
