{ linux, darwin }:
{
  nixosConfigurations.fern = linux [
    ./fern.nix
    ./shared.nix
  ];
  darwinConfigurations.apple = darwin [ ./shared.nix ];
}
