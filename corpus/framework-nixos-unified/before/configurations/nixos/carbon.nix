{ flake, ... }:
{
  imports = [ flake.self.nixosModules.base ];
  nixpkgs.hostPlatform = "x86_64-linux";
}
