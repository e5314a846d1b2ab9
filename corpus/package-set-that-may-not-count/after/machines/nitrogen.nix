{ inputs, lib, ... }:
{
  imports = [ ../nixos/packages.nix ./hardware-profiles/cpu-optimized.nix ];
  nixpkgs.pkgs = lib.mkForce (
    import inputs.nixpkgs {
      system = "x86_64-linux";
      overlays = [ ];
    }
  );
}
