let
  heavy = [
    ./games.nix
    ./nvidia.nix
  ];
in
{
  imports = [ ./disks.nix ./hardware-profiles/cuda.nix ] ++ heavy;

  specialisation.light.configuration.disabledModules = heavy;
}
