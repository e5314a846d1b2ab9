{ inputs, ... }:
{
  services.xserver.videoDrivers = [ "nvidia" ];
  nixpkgs.overlays = [
    # Only what this machine's card needs
    (import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
  ];
}
