{ config
, pkgs
, ...
}:

{
  networking.hostName = "carbon";
}
