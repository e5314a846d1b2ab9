# The stub nixpkgs as a flake that the real Nix can lock, evaluate and build from.
{
  outputs =
    { self }:
    {
      lib = (import ./lib).extend (
        final: _: {
          nixosSystem =
            args:
            import ./nixos/eval-config.nix (
              {
                lib = final;
                system = null;
                packageSet = import ./real-packages.nix;
              }
              // args
            );
        }
      );
      mkPackage = import ./mk-package.nix;
    };
}
