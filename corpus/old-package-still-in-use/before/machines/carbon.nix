{ pkgs, ... }:
{
  imports = [ ./tools.nix ];
  environment.systemPackages = with pkgs; [ llama-cpp-opencl ];
}
