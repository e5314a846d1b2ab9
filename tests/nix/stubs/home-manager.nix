# home-manager: standalone configurations, and the NixOS module with `users`, `useGlobalPkgs` and `extraSpecialArgs`.
{ nixpkgs }:
let
  extended = lib: lib.extend (
    _: prev: {
      hm = {
        dag = rec {
          entryAnywhere = data: { inherit data; after = [ ]; before = [ ]; };
          entryAfter = after: data: { inherit data after; before = [ ]; };
          entryBefore = before: data: { inherit data before; after = [ ]; };
        };
        gvariant = prev.gvariant;
      };
    }
  );

  # Options every Home Manager configuration has; `own` is the package set for one that brings its own overlays.
  base =
    own:
    { config, lib, ... }:
    let
      option = type: default: lib.mkOption { inherit type default; };
    in
    {
      _file = "home-manager/modules";
      key = "home-manager/modules";
      options = {
        home.packages = option (lib.types.listOf lib.types.package) [ ];
        home.username = lib.mkOption { type = lib.types.str; };
        home.homeDirectory = option lib.types.path "/home/${config.home.username}";
        home.stateVersion = option lib.types.str "25.11";
        home.sessionVariables = option (lib.types.attrsOf lib.types.unspecified) { };
        home.file = option (lib.types.attrsOf lib.types.unspecified) { };
        xdg.configHome = option lib.types.path "${config.home.homeDirectory}/.config";
        lib = option (lib.types.attrsOf lib.types.attrs) { };
        nixpkgs.overlays = option (lib.types.listOf lib.types.raw) [ ];
        nixpkgs.config = option lib.types.anything { };
      };
      config.lib.file.mkOutOfStoreSymlink = path: "/stub/link-to${toString path}";
      config.lib.dag = lib.hm.dag;
      config._module.args.pkgs = lib.mkOverride 100 (own config.nixpkgs);
    };

  homeManagerConfiguration =
    {
      pkgs,
      modules ? [ ],
      extraSpecialArgs ? { },
      lib ? nixpkgs.lib,
      check ? true,
      minimal ? false,
    }:
    let
      evaluated = (extended lib).evalModules {
        unset = nixpkgs.stubUnset;
        specialArgs = { modulesPath = "/stub/home-manager/modules"; } // extraSpecialArgs;
        modules = [ (base (own: pkgs.appendOverlays own.overlays)) ] ++ modules;
      };
    in
    evaluated
    // {
      inherit (evaluated._module.args) pkgs;
      activationPackage = pkgs.mkStub "home-${evaluated.config.home.username}";
    };

  nixosModule =
    { config, lib, pkgs, ... }:
    let
      cfg = config.home-manager;
      option = type: default: lib.mkOption { inherit type default; };
      ownPkgs = own: if cfg.useGlobalPkgs then pkgs else import pkgs.path { inherit (pkgs) system; inherit (own) overlays config; };
    in
    {
      _file = "home-manager/nixos";
      key = "home-manager/nixos";
      options.home-manager = {
        useGlobalPkgs = option lib.types.bool false;
        useUserPackages = option lib.types.bool false;
        backupFileExtension = option (lib.types.nullOr lib.types.str) null;
        verbose = option lib.types.bool false;
        extraSpecialArgs = option lib.types.attrs { };
        sharedModules = option (lib.types.listOf lib.types.raw) [ ];
        users = option (lib.types.attrsOf (
          (extended lib).types.submoduleWith {
            unset = nixpkgs.stubUnset;
            specialArgs = { osConfig = config; nixosConfig = config; modulesPath = "/stub/home-manager/modules"; } // cfg.extraSpecialArgs;
            modules = [
              (base ownPkgs)
              ({ name, lib, ... }: { home.username = lib.mkDefault name; })
            ] ++ cfg.sharedModules;
          }
        )) { };
      };
    };
in
{
  nixosModules.home-manager = nixosModule;
  nixosModules.default = nixosModule;
  nixosModule = nixosModule;
  lib = {
    inherit homeManagerConfiguration;
    hm = (extended nixpkgs.lib).hm;
  };
  packages = builtins.mapAttrs (_: pkgs: {
    default = pkgs.mkStub "home-manager";
    home-manager = pkgs.mkStub "home-manager";
  }) nixpkgs.legacyPackages;
}
