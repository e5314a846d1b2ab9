# `import nixpkgs { system; overlays; config; }`: a fixed point of overlays over packages that exist by name only.
#
# Which names exist beside those of ./packages.nix, the harness says per case in $NIXFIX_SPEC (`cases.<case>.packages`).
{ caseName, input, path }:
let
  lib = import ./lib;
  spec = builtins.fromJSON (builtins.readFile (builtins.getEnv "NIXFIX_SPEC"));
  extraPaths = spec.cases.${caseName}.packages or [ ];
  mkDerivation = import ./derivation.nix lib;
  self =
    {
      system ? null,
      localSystem ? null,
      crossSystem ? null,
      config ? { },
      overlays ? [ ],
      ...
    }@args:
    let
      given = if localSystem != null then localSystem else if system != null then system else throw "import nixpkgs: neither `system' nor `localSystem' is given, and a flake has no current system";
      platform = lib.systems.elaborate given;
      settings = if builtins.isFunction config then config { inherit lib; pkgs = final; } else config;
      mkStub = attr: mkDerivation { id = "${input}/${platform.system}/${attr}"; inherit (platform) system; };

      # `stdenv`, `gcc14Stdenv`, `stdenvNoCC`: what builds also tells about the platform.
      mkStdenv = attr: mkStub attr // {
        inherit (builders) mkDerivation;
        hostPlatform = platform;
        buildPlatform = platform;
        targetPlatform = platform;
        inherit (platform) isLinux isDarwin isx86_64 isAarch64;
      };
      builders = import ./builders.nix { inherit lib mkStub packages final; };

      # Packages by path: `pkgs.vimPlugins.telescope` is a package in a package.
      named =
        prefix: paths:
        builtins.mapAttrs (
          name: group:
          let
            path = prefix ++ [ name ];
            attr = lib.concatStringsSep "." path;
            stub = if lib.hasPrefix "stdenv" attr || lib.hasSuffix "Stdenv" attr then mkStdenv attr else mkStub attr;
            # `pkgs.git.override` names no package.
            below = builtins.filter (p: p != [ ] && !(stub ? ${builtins.head p})) (map builtins.tail group);
          in
          stub // named path below
        ) (builtins.groupBy builtins.head paths);

      packages = named [ ] (import ./packages.nix ++ extraPaths);
      base =
        final:
        packages
        // builders
        // {
          _type = "pkgs";
          inherit lib platform;
          config = { allowUnfree = false; cudaSupport = false; rocmSupport = false; } // settings;
          system = platform.system;
          hostPlatform = platform;
          inherit path;
          pkgs = final;
          inherit overlays mkStub;
          stubInput = input;
          appendOverlays = more: if more == [ ] then final else self (args // { overlays = overlays ++ more; });
          extend = overlay: final.appendOverlays [ overlay ];
          # For the harness: each overlay by what it defines and the files where that is written.
          stubLayers = map (stage: stage.layer) stages;
        };

      # Stage by stage, so that every overlay's own layer stays known.
      stages = builtins.foldl' (
        done: overlay:
        let
          prev = if done == [ ] then base final else (lib.last done).result;
          layer = if builtins.isFunction overlay || overlay ? __functor then overlay final prev else throw "an overlay is a ${builtins.typeOf overlay}, not a function";
        in
        done ++ [ { inherit layer; result = prev // layer; } ]
      ) [ ] overlays;
      final = if stages == [ ] then base final else (lib.last stages).result;
    in
    assert builtins.isList overlays;
    final;
in
self
