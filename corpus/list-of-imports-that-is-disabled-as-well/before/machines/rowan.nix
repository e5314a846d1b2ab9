let
  heavy = [
    ./games.nix
    ./nvidia.nix
  ];
in
{
  imports = [ ./disks.nix ] ++ heavy;

  specialisation.light.configuration.disabledModules = heavy;
}
