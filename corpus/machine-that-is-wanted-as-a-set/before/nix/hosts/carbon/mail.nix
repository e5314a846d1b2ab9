{ config, ... }:
{
  programs.mail.domain = (import ./configuration.nix).networking.domain;
}
