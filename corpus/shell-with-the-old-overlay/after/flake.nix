{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      pkgs = import nixpkgs {
        system = "x86_64-linux";
        overlays = [
          # Local models at the desk
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ];
      };
    in
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ./machines/carbon.nix
        ];
      };

      devShells.x86_64-linux.default = pkgs.mkShell {
        packages = [ pkgs.llama-cpp-vulkan ];
      };
    };
}
