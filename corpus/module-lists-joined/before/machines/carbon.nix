{ ... }:
{
  imports = [
    ./graphics.nix
  ];
}
