{ config, inputs, lib, ... }:
{
  nixpkgs.pkgs = lib.mkIf config.services.openssh.enable (
    import inputs.nixpkgs {
      system = "x86_64-linux";
      overlays = [ (final: prev: { greeting = prev.hello; }) ];
    }
  );
}
