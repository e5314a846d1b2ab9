# llama.cpp for machines with an AMD GPU that ROCm supports.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    llama-cpp-rocm
  ];
}
