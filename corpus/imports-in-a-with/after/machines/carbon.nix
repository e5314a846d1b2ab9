{ inputs, ... }:
{
  imports = with inputs.nixos-hardware.nixosModules; [
    common-pc-ssd
    common-pc-laptop
    ./hardware-profiles/cpu-optimized.nix
  ];
}
