{ inputs, self, ... }:
{
  imports = [ self.nixosModules.graphics ];
  nixpkgs.hostPlatform = "x86_64-linux";
  networking.hostName = "carbon";
}
