# The functions of a package set: builders give packages that carry the name they were asked for, fetchers give strings.
{ lib, mkStub, final }:
let
  named = kind: name: mkStub "${kind}-${name}";
  fromAttrs = kind: args: let a = if builtins.isFunction args then args a else args; in named kind (a.name or a.pname or "unnamed") // builtins.intersectAttrs { pname = 1; version = 1; meta = 1; passthru = 1; src = 1; } a;
  fetched = kind: args: "/stub/${kind}/${args.hash or args.sha256 or args.rev or "nothing"}";
in
rec {
  mkDerivation = fromAttrs "mkDerivation";
  stdenvNoCC = mkStub "stdenvNoCC" // { inherit mkDerivation; };
  buildGoModule = fromAttrs "buildGoModule";
  rustPlatform.buildRustPackage = fromAttrs "buildRustPackage";
  buildEnv = fromAttrs "buildEnv";
  symlinkJoin = fromAttrs "symlinkJoin";
  mkShell = fromAttrs "mkShell";
  mkShellNoCC = mkShell;
  writeShellApplication = fromAttrs "writeShellApplication";
  writeShellScriptBin = name: text: named "writeShellScriptBin" name // { inherit text; };
  writeShellScript = writeShellScriptBin;
  writeScriptBin = writeShellScriptBin;
  writeScript = writeShellScriptBin;
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
  callPackages = callPackage;
  newScope = extra: source: more: callPackage source (extra // more);
  linuxPackages = mkStub "linuxPackages" // { nvidiaPackages = kernelDrivers; extend = _: linuxPackages; };
  linuxPackages_latest = mkStub "linuxPackages_latest" // { nvidiaPackages = kernelDrivers; };
  linuxPackages_zen = mkStub "linuxPackages_zen" // { nvidiaPackages = kernelDrivers; };
  kernelDrivers = lib.genAttrs [ "stable" "beta" "production" "latest" "legacy_470" "legacy_535" ] (v: mkStub "nvidia-${v}") // { mkDriver = fromAttrs "nvidia"; };
  nixosOptionsDoc = _: { optionsJSON = mkStub "options.json"; };
}
