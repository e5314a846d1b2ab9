{ nixpkgs, inputs }:
{
  carbon = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [
      ./carbon/configuration.nix
      inputs.nixos-hardware.nixosModules.common-pc-ssd
      { nixpkgs.overlays = [ (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
    ];
  };
  boron = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [
      ./boron/configuration.nix
      { nixpkgs.overlays = [ (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
    ];
  };
}
