{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.registry = {
    url = "github:someone/registry";
    flake = false;
  };

  outputs =
    { nixpkgs, registry, ... }@inputs:
    {
      nixosConfigurations = builtins.mapAttrs (
        name: host: nixpkgs.lib.nixosSystem { modules = [ ./machines/${name}.nix ]; }
      ) (builtins.fromJSON (builtins.readFile "${registry}/hosts.json"));
    };
}
