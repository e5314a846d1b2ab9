{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      base = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        specialArgs = { inherit inputs; };
        modules = [ ./common.nix ];
      };
      extended =
        name:
        base.extendModules {
          modules = [ ./machines/${name}.nix ];
          specialArgs = { inherit name; };
        };
    in
    {
      nixosConfigurations = {
        inherit base;
        carbon = extended "carbon";
        boron = (extended "boron").extendModules { modules = [ ./container.nix ]; };
      };
    };
}
