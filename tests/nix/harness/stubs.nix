# What the stub nixpkgs must have in common with the real one, each as { name, got, want }, traced one by one as in
# ../evaluate.nix. A judge that bends these rules would pass wrong migrations.
let
  nixpkgs = import ../nixpkgs/flake.nix {
    input = "nixpkgs";
    unset = { };
    source = builtins.unsafeDiscardStringContext (builtins.path { path = ../source; name = "case0-nixpkgs"; });
  };
  inherit (nixpkgs) lib;
  llama-cpp = import ../stubs/llama-cpp.nix { inherit nixpkgs; };

  host = args: nixpkgs.lib.nixosSystem ({ system = "x86_64-linux"; } // args);
  configOf = modules: (host { inherit modules; }).config;
  fails = v: !(builtins.tryEval (builtins.deepSeq v v)).success;
  overlay = name: _: _: { ${name} = name; };
  seen = system: lib.filter (n: lib.hasPrefix "mine" n) (lib.attrNames (system._inside.argument "pkgs"));
  own = import nixpkgs { system = "x86_64-linux"; overlays = [ (overlay "mine-own") ]; };
  overlayModule = { nixpkgs.overlays = [ (overlay "mine-module") ]; };
  file = ./before/nixos/common.nix;
in
lib.foldl' (done: rule: builtins.trace "answer ${builtins.toJSON rule}" (done + 1)) 0 [
  {
    name = "definitions of imports come first, later modules before earlier ones";
    got = (configOf [ { imports = [ { l = [ 1 ]; } ]; l = [ 2 ]; } { l = [ 3 ]; } ]).l;
    want = [ 1 3 2 ];
  }
  {
    name = "mkBefore and mkAfter order a list";
    got = (configOf [ { l = lib.mkAfter [ 3 ]; } { l = [ 2 ]; } { l = lib.mkBefore [ 1 ]; } ]).l;
    want = [ 1 2 3 ];
  }
  {
    name = "mkForce beats a plain definition, which beats mkDefault";
    got = let c = configOf [ { a = lib.mkForce 1; b = 2; } { a = 0; b = lib.mkDefault 0; } ]; in [ c.a c.b ];
    want = [ 1 2 ];
  }
  {
    name = "definitions of one priority that differ conflict";
    got = fails (configOf [ { a = 1; } { a = 2; } ]).a;
    want = true;
  }
  {
    name = "mkIf may ask about the configuration it is part of";
    got = (configOf [ ({ config, ... }: { services.a = lib.mkIf config.services.b.enable { x = 1; }; services.b.enable = true; }) ]).services.a.x;
    want = 1;
  }
  {
    name = "what stands under a false mkIf is not evaluated";
    got = (configOf [ { a.b.c.d = lib.mkMerge [ (lib.mkIf false (abort "evaluated")) "x" ]; } ]).a.b.c.d;
    want = "x";
  }
  {
    name = "a path listed twice counts once, a set twice";
    got =
      let
        c = configOf [ file file overlayModule overlayModule ];
      in
      [ c.boot.kernelModules (lib.length c.nixpkgs.overlays) ];
    want = [ [ "tun" ] 2 ];
  }
  {
    name = "disabledModules takes a module out";
    got = (configOf [ file { disabledModules = [ file ]; } ]).boot.kernelModules;
    want = [ ];
  }
  {
    name = "an option beside config is an error";
    got = fails (configOf [ { a = 1; config.b = 2; } ]).b;
    want = true;
  }
  {
    name = "a declared option checks its type";
    got = fails (configOf [ { options.my.port = lib.mkOption { type = lib.types.port; }; config.my.port = "80"; } ]).my.port;
    want = true;
  }
  {
    name = "submodules know their name and their defaults";
    got =
      (configOf [
        {
          options.my = lib.mkOption {
            type = lib.types.attrsOf (lib.types.submodule ({ name, ... }: { options.path = lib.mkOption { default = "/${name}"; }; }));
          };
          config.my = { a = { }; b = lib.mkIf false { }; };
        }
      ]).my;
    want = { a.path = "/a"; };
  }
  {
    name = "overlays see the final package set, and those before them";
    got =
      let
        pkgs = nixpkgs.legacyPackages.x86_64-linux.extend (final: prev: { a = final.b; b = 1; });
      in
      (pkgs.appendOverlays [ (final: prev: { b = prev.b + 1; }) ]).a;
    want = 2;
  }
  {
    name = "overlays of modules are appended to nixosSystem's pkgs";
    got = seen (host { pkgs = own; modules = [ overlayModule ]; });
    want = [ "mine-module" "mine-own" ];
  }
  {
    name = "overlays of modules are appended to nixpkgs.pkgs";
    got = seen (host { modules = [ overlayModule { nixpkgs.pkgs = own; } ]; });
    want = [ "mine-module" "mine-own" ];
  }
  {
    name = "overlays of modules are ignored with specialArgs.pkgs";
    got = seen (host { specialArgs.pkgs = own; modules = [ overlayModule ]; });
    want = [ "mine-own" ];
  }
  {
    name = "overlays of modules are ignored with an overriding _module.args.pkgs";
    got = seen (host { modules = [ overlayModule { _module.args.pkgs = lib.mkForce own; } ]; });
    want = [ "mine-own" ];
  }
  {
    name = "overlays of modules are an error with readOnlyPkgs";
    got = fails (seen (host { modules = [ overlayModule nixpkgs.nixosModules.readOnlyPkgs { nixpkgs.pkgs = own; } ]; }));
    want = true;
  }
  {
    name = "a host without a platform is an error";
    got = fails (nixpkgs.lib.nixosSystem { modules = [ ]; }).pkgs.stdenv.hostPlatform.system;
    want = true;
  }
  {
    name = "hostPlatform makes up for a missing system";
    got = (nixpkgs.lib.nixosSystem { modules = [ { nixpkgs.hostPlatform = "aarch64-linux"; } ]; }).pkgs.stdenv.hostPlatform.system;
    want = "aarch64-linux";
  }
  {
    name = "extendModules adds to a host";
    got = seen ((host { modules = [ ]; }).extendModules { modules = [ overlayModule ]; });
    want = [ "mine-module" ];
  }
  {
    name = "llama-cpp has rocm on x86_64-linux alone and cuda on Linux";
    got = lib.mapAttrsToList (_: p: [ (p ? rocm) (p ? cuda) (p ? vulkan) ]) llama-cpp.packages;
    want = [
      [ false false true ]
      [ false true true ]
      [ false false true ]
      [ true true true ]
    ];
  }
  {
    name = "an overridden llama-cpp differs from a plain one and has its own flags";
    got =
      let
        plain = llama-cpp.packages.x86_64-linux.default;
        tuned = plain.overrideAttrs (old: { cmakeFlags = old.cmakeFlags ++ [ "-DX=ON" ]; });
      in
      [ (tuned.outPath == plain.outPath) (lib.last tuned.cmakeFlags) ];
    want = [ false "-DX=ON" ];
  }
]
