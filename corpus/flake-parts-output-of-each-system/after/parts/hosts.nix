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
        modules = [
          ../hosts/carbon
          { nixpkgs.overlays = [ (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ../hosts/hardware-profiles/cpu-optimized.nix
        ];
      };
    };
}
