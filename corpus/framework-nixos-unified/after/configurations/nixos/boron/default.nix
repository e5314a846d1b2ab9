{ flake, ... }:
{
  imports = [
    flake.inputs.self.nixosModules.base
    ../../../nixos/hardware-profiles/cpu-optimized.nix
  ];
  nixpkgs.hostPlatform = "x86_64-linux";
}
