{ pkgs, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  services.summarize.backend = pkgs.llama-cpp-vulkan;
}
