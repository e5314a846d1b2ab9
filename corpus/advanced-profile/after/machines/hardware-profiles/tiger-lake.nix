# llama.cpp for machines with an Intel Tiger Lake CPU.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    llama-cpp-tiger-lake
  ];
}
