{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    flake-parts.url = "github:hercules-ci/flake-parts";
    lite-config.url = "github:yelite/lite-config";
  };

  outputs =
    inputs:
    inputs.flake-parts.lib.mkFlake { inherit inputs; } {
      imports = [ inputs.lite-config.flakeModule ];
      lite-config =
        { lib, ... }:
        {
          nixpkgs.overlays = [ (final: prev: { ours = prev.hello; }) ];
          hostModuleDir = ./hosts;
          hosts = {
            boron.system = "x86_64-linux";
            carbon.system = "x86_64-linux";
            neon.system = "aarch64-darwin";
          };
          systemModules = [
            (
              { hostPlatform, ... }:
              {
                imports = lib.optionals hostPlatform.isLinux [ ./common.nix ];
              }
            )
          ];
        };
    };
}
