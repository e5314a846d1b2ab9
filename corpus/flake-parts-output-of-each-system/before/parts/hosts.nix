{ inputs, ... }:
{
  flake =
    { config, ... }:
    {
      nixosConfigurations.carbon = inputs.nixpkgs.lib.nixosSystem {
        specialArgs = {
          inherit inputs;
          inherit (config.pkgs.x86_64-linux) lib;
          minimal = false;
        };
        modules = [ ../hosts/carbon ];
      };
    };
}
