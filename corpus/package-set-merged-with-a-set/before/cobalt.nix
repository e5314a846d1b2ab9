{ pkgs, ... }:
{
  environment.systemPackages = [ pkgs.greeter ];
}
