# The functions of a package set: builders give packages that carry the name they were asked for, fetchers give strings.
{
  lib,
  mkStub,
  # The packages that exist by name.
  packages,
  final,
}:
let
  named = kind: name: mkStub "${kind}-${name}";
  fromAttrs = kind: args: let a = if builtins.isFunction args then args a else args; in named kind (a.name or a.pname or "unnamed") // builtins.intersectAttrs { pname = 1; version = 1; meta = 1; passthru = 1; src = 1; } a;
  fetched = kind: args: "/stub/${kind}/${args.hash or args.sha256 or args.rev or "nothing"}";
in
rec {
  mkDerivation = fromAttrs "mkDerivation";
  buildGoModule = fromAttrs "buildGoModule";
  rustPlatform.buildRustPackage = fromAttrs "buildRustPackage";
  buildNpmPackage = fromAttrs "buildNpmPackage";
  buildEnv = fromAttrs "buildEnv";
  symlinkJoin = fromAttrs "symlinkJoin";
  mkShell = fromAttrs "mkShell";
  mkShellNoCC = mkShell;
  writeShellApplication = fromAttrs "writeShellApplication";
  writeShellScriptBin = name: text: named "writeShellScriptBin" name // { inherit text; };
  writeShellScript = writeShellScriptBin;
  writeScriptBin = writeShellScriptBin;
  writeScript = writeShellScriptBin;
  # A patch changes nothing that a case could see.
  applyPatches = { src, ... }: src;
  writeText = writeShellScriptBin;
  writeTextFile = fromAttrs "writeTextFile";
  writeTextDir = writeShellScriptBin;
  runCommand = name: env: text: named "runCommand" name // { inherit text; };
  runCommandLocal = runCommand;
  makeWrapper = mkStub "makeWrapper";
  fetchurl = fetched "fetchurl";
  fetchzip = fetched "fetchzip";
  fetchpatch = fetched "fetchpatch";
  fetchgit = fetched "fetchgit";
  fetchFromGitHub = fetched "fetchFromGitHub";
  fetchFromGitLab = fetched "fetchFromGitLab";
  fetchPypi = fetched "fetchPypi";
  formats = lib.genAttrs [ "json" "yaml" "toml" "ini" ] (format: _: {
    type = lib.types.anything;
    generate = name: _: named format name;
  });
  callPackage =
    source: more:
    let
      f = if builtins.isFunction source then source else import source;
      result = f (builtins.intersectAttrs (builtins.functionArgs f) final // more);
    in
    if builtins.isAttrs result then { override = _: result; } // result else result;
  nixosOptionsDoc = _: { optionsJSON = mkStub "options.json"; };
  callPackages = callPackage;
  newScope = extra: source: more: callPackage source (extra // more);
  python3Packages = packages.python3Packages // {
    buildPythonApplication = fromAttrs "buildPythonApplication";
    buildPythonPackage = fromAttrs "buildPythonPackage";
  };
  nvidiaPackages = lib.genAttrs [ "stable" "beta" "production" "latest" "legacy_470" "legacy_535" ] (v: mkStub "nvidia-${v}") // {
    mkDriver = fromAttrs "nvidia";
  };
  linuxPackagesFor = kernel: packages.linuxPackages // mkStub "linuxPackagesFor-${kernel.name}" // { inherit kernel nvidiaPackages; };
}
# Every kernel has the modules that the case selects from any of them.
// lib.genAttrs [ "linuxPackages" "linuxPackages_latest" "linuxPackages_zen" "linuxPackages_hardened" "linuxPackages_xanmod" ] (
  name:
  packages.linuxPackages // mkStub name // {
    kernel = mkStub "${name}.kernel";
    inherit (final) nvidiaPackages;
    extend = _: final.${name};
  }
)
