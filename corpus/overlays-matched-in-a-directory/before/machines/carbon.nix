{ pkgs, ... }:
{
  environment.systemPackages = [ pkgs.greeting ];
}
