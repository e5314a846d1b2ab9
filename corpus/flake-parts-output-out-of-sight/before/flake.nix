{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    flake-parts.url = "github:hercules-ci/flake-parts";
    builders.url = "github:example/builders";
  };

  outputs =
    inputs:
    inputs.flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.builders.flakeModules.default ];
      flake.nixosConfigurations.carbon = inputs.self.builders.mkSystem [ ./carbon.nix ];
    };
}
