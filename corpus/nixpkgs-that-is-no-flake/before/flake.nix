{
  inputs.nixpkgs = {
    url = "https://channels.nixos.org/nixos-unstable/nixexprs.tar.xz";
    flake = false;
  };

  outputs =
    inputs:
    let
      lib = import "${inputs.nixpkgs}/lib";
    in
    {
      nixosConfigurations = lib.genAttrs [ "carbon" ] (
        name:
        import "${inputs.nixpkgs}/nixos/lib/eval-config.nix" {
          system = "x86_64-linux";
          modules = [ ./machines/${name}.nix ];
        }
      );
    };
}
