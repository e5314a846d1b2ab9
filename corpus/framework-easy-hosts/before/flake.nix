{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    flake-parts.url = "github:hercules-ci/flake-parts";
    easy-hosts.url = "github:tgirlcloud/easy-hosts";
  };

  outputs =
    inputs:
    inputs.flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.easy-hosts.flakeModule ];
      easy-hosts = {
        autoConstruct = true;
        path = "${inputs.self}/systems";
        hosts.carbon.tags = [ "laptop" ];
        perTag = tag: { modules = [ ./tags/${tag}.nix ]; };
        perClass = class: { modules = [ ./classes/${class}.nix ]; };
      };
    };
}
