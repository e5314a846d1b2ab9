{ ... }:
{
  imports = [ ../alder/configuration.nix ];

  services.openssh.enable = true;
}
