# nixos/modules/misc/nixpkgs.nix: how a host gets its `pkgs`.
#
# - `nixpkgs.pkgs` (or the argument `pkgs` of `nixosSystem`) is taken as it is, and the overlays are appended to it;
# - else nixpkgs is imported for the host's platform with `nixpkgs.config` and the overlays;
# - `specialArgs.pkgs` hides the result from the modules, which the module system does by itself;
# - with `readOnlyPkgs` an overlay in a module is an error.
packageSet:
{ config, lib, ... }:
let
  cfg = config.nixpkgs;
  platform =
    if cfg.hostPlatform != null then
      cfg.hostPlatform
    else if cfg.system != null then
      cfg.system
    else
      throw "Neither nixpkgs.hostPlatform nor the legacy option nixpkgs.system has been set";
  finalPkgs =
    if cfg.stubReadOnly then
      (if cfg.overlays != [ ] then throw "The option `nixpkgs.overlays' is read-only, but it's set" else cfg.pkgs)
    else if cfg.pkgs != null then
      cfg.pkgs.appendOverlays cfg.overlays
    else
      packageSet {
        localSystem = platform;
        inherit (cfg) config overlays;
      };
in
{
  _file = "nixos/modules/misc/nixpkgs.nix";
  key = "nixos/modules/misc/nixpkgs.nix";
  options.nixpkgs =
    let
      option = type: default: lib.mkOption { inherit type default; };
      platformType = lib.types.nullOr (lib.types.either lib.types.str lib.types.attrs);
      platformOption = option platformType null // {
        apply = p: if p == null then null else lib.systems.elaborate p;
      };
    in
    {
      overlays = option (lib.types.listOf (lib.types.addCheck lib.types.raw lib.isFunction // { name = "nixpkgs overlay"; })) [ ];
      config = option lib.types.anything { };
      pkgs = option (lib.types.nullOr lib.types.pkgs) null;
      system = option (lib.types.nullOr lib.types.str) null;
      hostPlatform = platformOption;
      buildPlatform = platformOption;
      localSystem = platformOption;
      crossSystem = platformOption;
      stubReadOnly = option lib.types.bool false;
    };
  config._module.args.pkgs = lib.mkOverride 100 finalPkgs;
}
