# llama.cpp for machines with an NVIDIA GPU.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    llama-cpp-cuda
  ];
}
