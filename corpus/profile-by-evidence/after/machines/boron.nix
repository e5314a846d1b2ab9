{ ... }:
{
  imports = [ ./hardware-profiles/rocm.nix ];
  services.ollama.enable = true;
  services.ollama.acceleration = "rocm";
}
