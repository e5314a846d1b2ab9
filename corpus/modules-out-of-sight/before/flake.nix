{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      host =
        name:
        nixpkgs.lib.nixosSystem {
          modules = [ ./${name}.nix ] ++ (builtins.tryEval (import ./modules.nix)).value;
        };
    in
    {
      nixosConfigurations.carbon = host "carbon";
      nixosConfigurations.boron = host "boron";
      nixosConfigurations.argon = host "argon";
    };
}
