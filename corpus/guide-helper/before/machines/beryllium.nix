{
  config,
  pkgs,
  ...
}: {
  networking.hostName = "beryllium";
  services.ollama = {
    enable = true;
    acceleration = "rocm";
  };
}
