# The NixOS options whose type or default a configuration can notice. All others are merged by shape.
{ config, lib, pkgs, ... }:
let
  inherit (lib) mkOption types;
  option = type: default: mkOption { inherit type default; };
  off = option types.bool false;
  on = option types.bool true;
  text = option types.lines "";
  packages = option (types.listOf types.package) [ ];
in
{
  _file = "nixos/options.nix";
  options = {
    assertions = option (types.listOf types.unspecified) [ ];
    warnings = option (types.listOf types.str) [ ];
    stubModules = option (types.listOf types.str) [ ];
    system.stateVersion = option types.str "25.11";
    system.build = option (types.lazyAttrsOf types.unspecified) { };
    system.nixos.release = option types.str "25.11";
    system.nixos.version = option types.str "25.11.stub";
    environment.systemPackages = packages;
    environment.variables = option (types.attrsOf types.unspecified) { };
    environment.sessionVariables = option (types.attrsOf types.unspecified) { };
    environment.shellInit = text;
    environment.interactiveShellInit = text;
    environment.extraInit = text;
    fonts.packages = packages;
    networking.hostName = option types.str "nixos";
    networking.domain = option (types.nullOr types.str) null;
    networking.extraHosts = text;
    networking.networkmanager.enable = off;
    networking.firewall.enable = on;
    networking.firewall.allowedTCPPorts = option (types.listOf types.port) [ ];
    networking.firewall.allowedUDPPorts = option (types.listOf types.port) [ ];
    boot.kernelPackages = option types.raw pkgs.linuxPackages;
    boot.kernelModules = option (types.listOf types.str) [ ];
    boot.extraModprobeConfig = text;
    hardware.enableRedistributableFirmware = off;
    hardware.graphics.enable = off;
    hardware.nvidia.package = option types.package config.boot.kernelPackages.nvidiaPackages.stable;
    services.xserver.enable = off;
    services.xserver.videoDrivers = option (types.listOf types.str) [ "modesetting" "fbdev" ];
    services.openssh.enable = off;
    services.udev.extraRules = text;
    services.pipewire.enable = off;
    programs.zsh.enable = off;
    programs.fish.enable = off;
    programs.hyprland.enable = off;
    virtualisation.docker.enable = off;
    virtualisation.libvirtd.enable = off;
    security.sudo.wheelNeedsPassword = on;
    nix.package = option types.package pkgs.nix;
    specialisation = option (types.attrsOf types.raw) { };
    users.users = option (types.attrsOf (
      types.submodule (
        { name, ... }:
        {
          options.name = option types.str name;
          options.home = option types.str "/home/${name}";
          options.packages = packages;
          options.extraGroups = option (types.listOf types.str) [ ];
        }
      )
    )) { };
  };
  config.system.build.toplevel = pkgs.mkStub "nixos-system-${config.networking.hostName}";
}
