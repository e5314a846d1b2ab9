{ flake, inputs, ... }:
{
  nixpkgs.overlays = [ (import ../../../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
  imports = [ flake.nixosModules.base ../../../nixos/hardware-profiles/cpu-optimized.nix ];
  nixpkgs.hostPlatform = "x86_64-linux";
}
