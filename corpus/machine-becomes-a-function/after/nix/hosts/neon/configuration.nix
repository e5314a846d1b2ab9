{inputs, ...}: let
  ports = [22];
in {
  imports = [../../../nixos/hardware-profiles/cpu-optimized.nix];
  nixpkgs = {
    overlays = [(import ../../../nixos/pkgs/llama-cpp-overlay.nix {inherit inputs;})];
    hostPlatform = "x86_64-linux";
  };
  networking.firewall.allowedTCPPorts = ports;
}
