{ pkgs, ... }:
{
  home.stateVersion = "25.05";
  home.packages = with pkgs; [
    ripgrep
    fd # faster than find
    llama-cpp-cuda
  ];
}
