{ pkgs, ... }:
let
  inherit (pkgs) llama-cpp-vulkan;
in
{
  nixpkgs.hostPlatform = "x86_64-linux";
  services.llama-cpp.package = llama-cpp-vulkan.override { blasSupport = true; };
}
