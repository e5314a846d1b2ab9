{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.utils.url = "github:gytis-ivaskevicius/flake-utils-plus";

  outputs =
    inputs@{ self, utils, ... }:
    utils.lib.mkFlake {
      inherit self inputs;
      sharedOverlays = [ (final: prev: { ours = prev.hello; }) ];
      hostDefaults.modules = [ ./common.nix ];
      hosts.carbon.modules = [ ./machines/carbon.nix ];
    };
}
