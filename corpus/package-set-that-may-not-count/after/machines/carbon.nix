{ config, inputs, lib, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];
  nixpkgs.pkgs = lib.mkIf config.services.openssh.enable (
    import inputs.nixpkgs {
      system = "x86_64-linux";
      overlays = [ (final: prev: { greeting = prev.hello; }) ];
    }
  );
}
