{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.utils.url = "github:gytis-ivaskevicius/flake-utils-plus";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    inputs@{ self, utils, ... }:
    utils.lib.mkFlake {
      inherit self inputs;
      sharedOverlays = [
        (final: prev: { ours = prev.hello; })
        (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
      ];
      hostDefaults.modules = [ ./common.nix ];
      hosts.carbon.modules = [ ./machines/carbon.nix ];
    };
}
