{ pkgs, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  nixpkgs.hostPlatform = "x86_64-linux";
  services.summarize.backend = pkgs.llama-cpp-vulkan;
}
