{ config, pkgs, ... }:

{
  imports =
    [ # Include the results of the hardware scan.
      ./hardware-configuration.nix
      ../hardware-profiles/cpu-optimized.nix
    ];

  networking.hostName = "carbon";
}
