# llama.cpp for machines with an AMD Ryzen CPU from Zen 4 on.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    llama-cpp-ryzen-zen4
  ];
}
