{ ... }:
{
  # With a GPU: vulkan.nix, cuda.nix or rocm.nix.
  imports = [ ./hardware-profiles/cpu-optimized.nix ];

  networking.hostName = "carbon";
  system.stateVersion = "25.11";

  # The disk to boot from: `nixos-generate-config --show-hardware-config` tells what stands here on your machine.
  boot.loader.systemd-boot.enable = true;
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };
}
