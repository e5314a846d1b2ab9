{ config, inputs, lib, ... }:
{
  _module.args.pkgs = lib.mkIf config.services.openssh.enable (
    lib.mkForce (import inputs.nixpkgs { system = "x86_64-linux"; })
  );
}
