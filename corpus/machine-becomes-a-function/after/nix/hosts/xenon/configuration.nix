{ inputs, ... }:
{
	nixpkgs.overlays = [ (import ../../../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
	imports = [ ./disk.nix ../../../nixos/hardware-profiles/cpu-optimized.nix ];
	nixpkgs.hostPlatform = "aarch64-linux";
}
