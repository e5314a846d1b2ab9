{ pkgs, ... }:
{
  services.llama-cpp.package = pkgs.llama-cpp-vulkan;
}
