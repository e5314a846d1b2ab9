{ inputs, lib, ... }:
{
  fleet.carbon = lib.mkMerge [
    { file = ./carbon.nix; }
    (lib.mkIf true { hardware = [ ./nvidia.nix ]; })
    (lib.mkIf (inputs.nixpkgs.lastModified or 0 > 1) { extra = [ ./recent.nix ]; })
  ];
}
