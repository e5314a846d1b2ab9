# llama.cpp for machines with an AMD Ryzen CPU of any generation.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    llama-cpp-ryzen
  ];
}
