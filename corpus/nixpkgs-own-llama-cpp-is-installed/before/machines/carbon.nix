{ pkgs, ... }:
{
  imports = [ ./disk.nix ];

  environment.systemPackages = with pkgs; [
    git
    (llama-cpp.override { vulkanSupport = true; })
  ];
}
