{ inputs }:

name:
{
  system ? "x86_64-linux",
  user ? "admin",
}:

inputs.nixpkgs.lib.nixosSystem {
  inherit system;
  specialArgs = { inherit inputs user; };
  modules = [
    ../machines/${name}.nix
    ../nixos
    inputs.home-manager.nixosModules.home-manager
    { nixpkgs.overlays = [ (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
  ];
}
