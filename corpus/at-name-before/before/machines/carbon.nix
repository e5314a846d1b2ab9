{ pkgs, ... }:
{
  environment.systemPackages = [ pkgs.hello-two ];
}
