{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";

  outputs =
    inputs@{ flake-parts, ... }:
    flake-parts.lib.mkFlake { inherit inputs; } (
      { lib, self, ... }:
      {
        imports = [ inputs.clan-core.flakeModules.default ];
        systems = [ "x86_64-linux" ];
        flake.clan.specialArgs = { inherit inputs; };
        flake.clan.machines.boron = {
          imports = [ ./boron.nix ];
        };
        flake.nixosModules.graphics = {
          services.xserver.videoDrivers = [ "nvidia" ];
        };
        flake.nixosConfigurations.boron = lib.mkForce (
          self.clan.nixosConfigurations.boron.extendModules {
            modules = [ { networking.domain = "example.org"; } ];
          }
        );
      }
    );
}
