{
  config,
  pkgs,
  ...
}: {
  imports = [./hardware-profiles/rocm.nix];
  networking.hostName = "beryllium";
  services.ollama = {
    enable = true;
    acceleration = "rocm";
  };
}
