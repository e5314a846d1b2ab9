{
  flake.modules.nixos.carbon = {
    networking.hostName = "carbon";
  };
}
