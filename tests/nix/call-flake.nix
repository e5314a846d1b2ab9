# Calls a flake as Nix does, with stubs for its inputs.
#
# flake.nix is checked as Nix checks it: known attributes only, every `follows` leads to an input, and an input that is
# only a formal must be in the global registry.
{
  # Where the repository lies, and the flake's directory in it ("" for its root).
  root,
  directory,
  caseName,
  # Attribute paths that the case selects from each input, and from `config`.
  inputPaths,
  optionPaths,
  # Inputs, by name, that are given in the place of stubs.
  overrides ? { },
}:
let
  lib = import ./nixpkgs/lib;
  flakeDir = if directory == "" then root else "${root}/${directory}";
  flake = import (flakeDir + "/flake.nix");
  registry = [ "agenix" "disko" "emacs-overlay" "fenix" "flake-parts" "flake-utils" "home-manager" "nix" "nix-darwin" "nixos-hardware" "nixpkgs" "nur" "sops-nix" "systems" ];

  known =
    what: names: set:
    let
      stray = lib.subtractLists names (lib.attrNames set);
    in
    if stray == [ ] then set else throw "${what} has an unsupported attribute `${lib.head stray}'";
  inputAttrs = [ "url" "follows" "flake" "inputs" "type" "owner" "repo" "ref" "rev" "dir" "path" "host" "id" "name" "submodules" "shallow" "narHash" "lfs" ];

  checked = known "flake.nix" [ "description" "inputs" "outputs" "nixConfig" "edition" ] flake;
  formals = if lib.isFunction flake.outputs then lib.functionArgs flake.outputs else throw "`outputs' in flake.nix is no function";
  undeclared = lib.genAttrs (lib.subtractLists ([ "self" ] ++ lib.attrNames written) (lib.attrNames formals)) (
    name: if lib.elem name registry then { } else throw "cannot find flake `flake:${name}' in the flake registries: `outputs' asks for it, `inputs' does not have it"
  );
  written = removeAttrs (checked.inputs or { }) [ "self" ];
  declared = undeclared // lib.mapAttrs (name: known "input `${name}'" inputAttrs) written;

  inputs = lib.mapAttrs (resolve [ ]) declared // lib.intersectAttrs declared overrides;

  # An input by what it says of itself; `follows` paths start at the root.
  resolve =
    parents: name: spec:
    let
      below = lib.mapAttrs (n: s: resolve (parents ++ [ name ]) n (known "input `${name}/${n}'" inputAttrs s)) (spec.inputs or { });
    in
    if spec ? follows then
      follow (lib.concatStringsSep "/" (parents ++ [ name ])) (lib.splitString "/" spec.follows)
    else if spec.flake or true == false then
      { outPath = "/stub/source/${name}"; }
    else
      stub (lib.concatStringsSep "." (parents ++ [ name ])) (urlOf name spec) below;

  follow =
    who: path:
    let
      first = lib.head path;
    in
    if !(declared ? ${first}) then
      throw "input `${who}' follows a non-existent input `${lib.concatStringsSep "/" path}'"
    else
      lib.foldl' (at: part: at.inputs.${part} or (throw "input `${who}' follows a non-existent input `${lib.concatStringsSep "/" path}'")) inputs.${first} (lib.tail path);

  urlOf = name: spec: lib.toLower (spec.url or (if spec ? repo then "${spec.type or "github"}:${spec.owner or ""}/${spec.repo}" else name));

  stub =
    name: url: below:
    let
      is = pattern: builtins.match "(.*[:/])?${pattern}([/?#.].*)?" url != null;
      frameworks = lib.filter (framework: is framework) [
        "blueprint"
        "clan-core"
        "colmena"
        "easy-hosts"
        "ez-configs"
        "flake-file"
        "flake-parts"
        "flake-utils-plus"
        "flakelight"
        "haumea"
        "import-tree"
        "lite-config"
        "nixos-raspberrypi"
        "nixos-unified"
        "nixpkgs-patcher"
        "snowfallorg/lib"
      ];
      framework = if frameworks == [ ] then null else lib.head frameworks;
      # What a stub is built with: the nixpkgs that it follows, else one of its own.
      nixpkgs = below.nixpkgs or (nixpkgsStub "${name}.own-nixpkgs");
      # Inputs that a stub has of its own besides, for others to follow.
      own = lib.genAttrs [ "flake-parts" "flake-utils" ] (inner: stub "${name}.own-${inner}" inner { });
      asFlake = outputs: {
        _type = "flake";
        outPath = "/stub/source/${name}";
        inputs = own // { inherit nixpkgs; } // below;
        stubName = name;
        rev = "0000000000000000000000000000000000000000";
        shortRev = "0000000";
        lastModifiedDate = "20231114221320";
      } // outputs;
    in
    if is "nixpkgs" || lib.hasInfix "channels.nixos.org/nix" url then
      nixpkgsStub name
    else if is "llama\\.cpp" then
      asFlake (import ./stubs/llama-cpp.nix { inherit nixpkgs; })
    else if is "home-manager" then
      asFlake (import ./stubs/home-manager.nix { inherit nixpkgs; })
    else if is "flake-utils" then
      asFlake (import ./stubs/flake-utils.nix { inherit nixpkgs; })
    else if framework != null then
      let
        flake = asFlake { };
        adapter = import ./stubs/framework.nix { inherit lib framework name flake; };
      in
      asFlake adapter
    else if lib.hasInfix "nix-systems/" url then
      asFlake { outPath = toString ./stubs/systems.nix; }
    else
      asFlake (removeAttrs (import ./stubs/permissive.nix { inherit lib name; paths = inputPaths.${name} or [ ]; }) [ "inputs" ]);

  nixpkgsStub =
    name:
    import ./nixpkgs/flake.nix {
      input = name;
      unset = lib.foldl' lib.recursiveUpdate { } (map (path: lib.setAttrByPath path { }) optionPaths);
      # Physically in the store, so no string context is needed to read it.
      source = builtins.unsafeDiscardStringContext (builtins.path { path = ./source; name = "${caseName}-${name}"; });
    };

  # Forces every input, so that a bad one is found even if nothing uses it.
  allInputs = builtins.foldl' (ok: name: builtins.seq (inputs.${name}.outPath) ok) true (lib.attrNames inputs);
  nested = lib.mapAttrsToList (name: spec: lib.mapAttrsToList (n: s: (resolve [ name ] n s).outPath) (spec.inputs or { })) declared;

  sourceInfo = {
    outPath = root;
    lastModified = 1700000000;
    lastModifiedDate = "20231114221320";
    narHash = "sha256-stub";
  };
  outputs = flake.outputs (inputs // { inherit self; });
  self = outputs // sourceInfo // {
    _type = "flake";
    outPath = flakeDir;
    stubName = "self";
    inherit inputs outputs sourceInfo;
  };
in
builtins.seq allInputs (builtins.deepSeq nested { inherit inputs outputs; })
