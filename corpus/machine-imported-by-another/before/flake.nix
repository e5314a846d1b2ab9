{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations =
        builtins.mapAttrs
          (
            name: file:
            nixpkgs.lib.nixosSystem {
              modules = [
                file
                { networking.hostName = name; }
              ];
            }
          )
          {
            argon = ./machines/argon.nix;
            argon-trial = ./machines/argon-trial.nix;
          };
    };
}
