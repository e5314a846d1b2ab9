{ config, inputs, lib, pkgs, ... }:
{
  imports = [ ./common.nix ];
  options.fleet.desktop = lib.mkEnableOption "a desktop";
  config = {
    nixpkgs.overlays = [ (import ./pkgs/llama-cpp-variants.nix inputs) ];
    services.xserver.enable = lib.mkIf config.fleet.desktop true;
    environment.systemPackages = lib.mkMerge [
      [ pkgs.git pkgs.stable.vim ]
      (lib.mkIf config.fleet.desktop (with pkgs; [ firefox vimPlugins.telescope-nvim ]))
    ];
  };
}
