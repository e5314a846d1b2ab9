{ inputs, lib, ... }:
{
  imports = [ inputs.flake-file.flakeModules.dendritic ];

  flake-file.inputs = {
    # What the hosts are built from.
    nixpkgs.url = lib.mkForce "github:NixOS/nixpkgs/nixos-unstable";
    llama-cpp = {
      url = "github:ggml-org/llama.cpp";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    systems.url = "github:nix-systems/default";
  };
}
