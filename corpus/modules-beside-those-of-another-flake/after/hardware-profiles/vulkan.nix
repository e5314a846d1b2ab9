# llama.cpp for machines with a GPU that has a Vulkan driver.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    llama-cpp-vulkan
  ];
}
