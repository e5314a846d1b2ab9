{ flake, ... }:
{
  nixpkgs.config.allowUnfree = true;
}
