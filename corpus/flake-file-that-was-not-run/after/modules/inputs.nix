{ inputs, lib, ... }:
{
  imports = [ inputs.flake-file.flakeModules.dendritic ];

  flake-file.inputs.nixpkgs.url = lib.mkForce "github:NixOS/nixpkgs/nixos-unstable";
  flake-file.inputs.systems.url = "github:nix-systems/default";
  flake-file.inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  flake-file.inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
}
