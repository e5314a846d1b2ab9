{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.colours.url = "github:someone/colours";

  outputs =
    { nixpkgs, colours, ... }@inputs:
    let
      own = {
        host = name: nixpkgs.lib.nixosSystem { modules = [ ./machines/${name}.nix ]; };
      };
      lib = own // nixpkgs.lib // colours.lib;
    in
    {
      nixosConfigurations.carbon = lib.host "carbon";
    };
}
