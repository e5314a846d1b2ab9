{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      hosts = import ./hosts.nix;
    in
    {
      nixosConfigurations = nixpkgs.lib.mapAttrs (
        name: host:
        nixpkgs.lib.nixosSystem {
          inherit (host) system;
          specialArgs = { inherit inputs; };
          modules = [ { networking.hostName = name; } ] ++ host.modules;
        }
      ) hosts.machines;
    };
}
