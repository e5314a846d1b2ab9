{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    inputs@{ self, ... }:
    let
      system = "x86_64-linux";
      patched = (import inputs.nixpkgs { inherit system; }).applyPatches {
        name = "nixpkgs-patched";
        src = inputs.nixpkgs;
        patches = [ ./backport.patch ];
      };
      nixpkgs = (import "${patched}/flake.nix").outputs { inherit self; };
    in
    {
      nixosConfigurations.aspen = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [ ./aspen.nix ];
      };
    };
}
