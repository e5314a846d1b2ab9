{
  flake.modules.nixos.carbon = {
    imports = [ ../hardware-profiles/cpu-optimized.nix ];
    networking.hostName = "carbon";
  };
}
