{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      names = [ "boron" "carbon" ];
    in
    {
      nixosConfigurations = nixpkgs.lib.genAttrs names (
        name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ./machines/${name}.nix ];
        }
      );

      colmena = {
        meta.nixpkgs = import nixpkgs { system = "x86_64-linux"; };
      }
      // nixpkgs.lib.genAttrs names (name: {
        imports = [ ./machines/${name}.nix ];
      });
    };
}
