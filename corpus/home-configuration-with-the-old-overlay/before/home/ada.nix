{ pkgs, ... }:
{
  home.username = "ada";
  home.packages = [ pkgs.llama-cpp-vulkan ];
}
