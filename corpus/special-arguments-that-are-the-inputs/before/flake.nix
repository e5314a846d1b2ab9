{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";

  outputs =
    { self, clan-core, ... }@inputs:
    {
      inherit
        ((clan-core.lib.clan {
          inherit self;
          specialArgs = removeAttrs inputs [ "self" ];
        }).config)
        nixosConfigurations
        ;
    };
}
