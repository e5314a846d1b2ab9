# llama.cpp for machines without a usable GPU.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    llama-cpp-cpu
  ];
}
