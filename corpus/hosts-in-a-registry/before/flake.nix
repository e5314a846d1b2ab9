{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      registry = builtins.fromTOML (builtins.readFile ./hosts.toml);
    in
    {
      nixosConfigurations = lib.mapAttrs (
        name: host:
        lib.nixosSystem {
          inherit (host) system;
          specialArgs = { inherit inputs; };
          modules = [
            ./common.nix
          ]
          ++ lib.optional (builtins.pathExists ./machines/${name}.nix) ./machines/${name}.nix;
        }
      ) registry.hosts;
    };
}
