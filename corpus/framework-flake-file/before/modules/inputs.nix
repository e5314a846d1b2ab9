{ inputs, lib, ... }:
{
  imports = [ inputs.flake-file.flakeModules.dendritic ];

  flake-file.inputs = {
    # What the hosts are built from.
    nixpkgs.url = lib.mkForce "github:NixOS/nixpkgs/nixos-unstable";
    systems.url = "github:nix-systems/default";
  };
}
