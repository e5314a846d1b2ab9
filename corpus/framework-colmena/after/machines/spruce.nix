{ inputs, ... }:
{
  imports = [ ./hardware-profiles/vulkan.nix ];
  nixpkgs.overlays = [ (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
  deployment.targetHost = "spruce.example.org";
  services.xserver.videoDrivers = [ "amdgpu" ];
}
