{ inputs, ... }:
{
  imports = builtins.attrValues inputs.self.nixosModules ++ [ ./hardware-profiles/cpu-optimized.nix ];
  networking.hostName = "carbon";
}
