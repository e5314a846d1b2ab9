# nixos/lib/eval-config.nix: what `lib.nixosSystem` calls.
#
# Arguments that nixpkgs does not know are errors here as well.
{
  lib ? import ../lib,
  system ? null,
  pkgs ? null,
  modules,
  specialArgs ? { },
  extraArgs ? { },
  baseModules ? null,
  modulesLocation ? null,
  check ? true,
  prefix ? [ ],
  extraModules ? [ ],
  # From the flake, which knows which nixpkgs it is.
  input ? "nixpkgs",
  unset ? { },
  packageSet ? throw "eval-config.nix: call it through `lib.nixosSystem'",
}:
let
  fromArguments = {
    _file = "nixos/lib/eval-config.nix";
    key = "nixos/lib/eval-config.nix";
    config = lib.mkMerge [
      { _module.args = extraArgs; }
      (lib.optionalAttrs (system != null) { nixpkgs.system = lib.mkDefault system; })
      (lib.optionalAttrs (pkgs != null) { nixpkgs.pkgs = pkgs; })
    ];
  };
  configuration = lib.evalModules {
    class = "nixos";
    inherit prefix unset;
    specialArgs = {
      modulesPath = builtins.getEnv "NIXFIX_STUBS" + "/source/nixos/modules";
    } // specialArgs;
    modules = [ ./options.nix (import ./pkgs.nix packageSet) fromArguments ] ++ extraModules ++ modules;
  };
  withExtras =
    evaluated:
    evaluated
    // {
      inherit lib extraArgs;
      inherit (evaluated._module.args) pkgs;
      extendModules = more: withExtras (evaluated.extendModules more);
    };
in
withExtras configuration
