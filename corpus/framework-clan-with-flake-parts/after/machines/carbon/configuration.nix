{ inputs, self, ... }:
{
  nixpkgs.overlays = [ (import ../../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
  imports = [ self.nixosModules.graphics ../../hardware-profiles/cuda.nix ];
  nixpkgs.hostPlatform = "x86_64-linux";
  networking.hostName = "carbon";
}
