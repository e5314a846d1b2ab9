{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    flake-parts.url = "github:hercules-ci/flake-parts";
    ez.url = "github:ehllie/ez-configs";
  };

  outputs =
    inputs:
    inputs.flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.ez.flakeModule ];
      ezConfigs = {
        root = ./.;
        globalArgs = { inherit inputs; };
      };
    };
}
