# nixpkgs as a flake input: its `outputs`, given the source directory that stands for it.
{
  source,
  input,
  # See ./lib/modules.nix.
  unset,
}:
let
  packageSet = import source;
  self = {
    _type = "flake";
    outPath = source;
    sourceInfo.outPath = source;
    inputs = { };
    rev = "0000000000000000000000000000000000000000";
    shortRev = "0000000";
    lastModified = 1700000000;
    lastModifiedDate = "20231114221320";
    narHash = "sha256-stub";
    stubName = input;
    stubUnset = unset;
    lib = (import ./lib).extend (
      final: _: {
        nixosSystem =
          args:
          import ./nixos/eval-config.nix (
            {
              lib = final;
              system = null;
              inherit input packageSet unset;
            }
            // args
          );
        nixos.evalModules = final.evalModules;
        nixos.runTest = final.evalModules;
      }
    );
    legacyPackages = self.lib.genAttrs self.lib.systems.flakeExposed (system: packageSet { inherit system; });
    packages = self.legacyPackages;
    nixosModules = {
      readOnlyPkgs = {
        _file = "nixos/modules/misc/nixpkgs/read-only.nix";
        nixpkgs.stubReadOnly = true;
      };
      notDetected = source + "/nixos/modules/installer/scan/not-detected.nix";
    };
    formatter = { };
  };
in
self
