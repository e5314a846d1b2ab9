# What `import nixpkgs { ... }` finds: each nixpkgs input of a case is a copy of this directory under a name of its own
# (<case>-<input>), so that package sets of different inputs can be told apart.
import (builtins.getEnv "NIXFIX_STUBS" + "/nixpkgs/package-set.nix") (
  let
    parts = builtins.match "[a-z0-9]{32}-(case[0-9]+)-(.*)" (baseNameOf (toString ./.));
  in
  {
    caseName = builtins.elemAt parts 0;
    input = builtins.elemAt parts 1;
    path = ./.;
  }
)
