# The flake of a copy of this directory, as it is imported by hand: `(import "${patched}/flake.nix").outputs { ... }`.
{
  outputs =
    _:
    import (builtins.getEnv "NIXFIX_STUBS" + "/nixpkgs/flake.nix") {
      source = ./.;
      input = builtins.head (builtins.match "[a-z0-9]{32}-case[0-9]+-(.*)" (baseNameOf (toString ./.)));
      unset = { };
    };
}
