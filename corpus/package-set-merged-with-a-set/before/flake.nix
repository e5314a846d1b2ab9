{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      packages = import nixpkgs {
        system = "x86_64-linux";
        overlays = [ (final: prev: { greeter = prev.hello; }) ];
      };
    in
    {
      nixosConfigurations = {
        cobalt = nixpkgs.lib.nixosSystem {
          pkgs = packages;
          modules = [ ./cobalt.nix ];
        };
        nickel = nixpkgs.lib.nixosSystem {
          pkgs = packages // {
            config.cudaSupport = true;
          };
          modules = [ ./nickel.nix ];
        };
      };
    };
}
