{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";

  outputs =
    { self, clan-core, ... }@inputs:
    let
      clan = clan-core.lib.clan {
        inherit self;
        specialArgs = { flake-self = self; } // inputs;
        machines.boron = {
          imports = [ ./boron.nix ];
        };
      };
    in
    {
      inherit (clan.config) nixosConfigurations;
    };
}
