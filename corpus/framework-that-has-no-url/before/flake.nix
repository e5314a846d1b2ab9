{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    tools.url = "github:someone/tools";
    utils.follows = "tools/flake-utils";
  };

  outputs =
    inputs@{ flake-parts, ... }:
    flake-parts.lib.mkFlake { inherit inputs; } {
      imports = [ ./hosts.nix ];
      systems = inputs.utils.lib.defaultSystems;
    };
}
