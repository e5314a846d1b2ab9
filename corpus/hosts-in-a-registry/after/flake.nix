{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

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
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
            ./machines/hardware-profiles/cpu-optimized.nix
          ]
          ++ lib.optional (builtins.pathExists ./machines/${name}.nix) ./machines/${name}.nix;
        }
      ) registry.hosts;
    };
}
