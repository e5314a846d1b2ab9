{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      llama = import ./nixos/pkgs/llama-cpp-variants.nix inputs;
      pkgs = import nixpkgs {
        system = "x86_64-linux";
        overlays = [
          # Local models at the desk
          llama
        ];
      };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ llama ]; }
          ./machines/carbon.nix
        ];
      };

      devShells.x86_64-linux.default = pkgs.mkShell {
        packages = [ pkgs.llama-cpp-vulkan ];
      };
    };
}
