{ inputs, ... }:
{
  imports = builtins.attrValues inputs.self.nixosModules;
  networking.hostName = "carbon";
}
