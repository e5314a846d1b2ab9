{ flake, inputs, ... }:
{
  imports = [ flake.nixosModules.base ];
  nixpkgs.hostPlatform = "x86_64-linux";
}
