{ inputs, ... }:
{
  system = "x86_64-linux";
  modules = [ ../../machines/carbon.nix ];
}
