{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

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
