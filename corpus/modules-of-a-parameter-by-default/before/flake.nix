{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      host =
        {
          name,
          extraModules ? [ ],
        }:
        nixpkgs.lib.nixosSystem {
          modules = [
            ./${name}.nix
            { networking.hostName = name; }
          ]
          ++ extraModules;
        };
    in
    {
      nixosConfigurations.radon = host { name = "radon"; };
    };
}
