{
  flake.modules.nixos.base = {
    nixpkgs.hostPlatform = "x86_64-linux";
    nixpkgs.overlays = [ ];
  };
}
