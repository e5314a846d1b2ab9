{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.nixos-generators.url = "github:nix-community/nixos-generators";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, nixos-generators, ... }@inputs:
    let
      pkgs = import nixpkgs {
        system = "x86_64-linux";
        overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
      };
      machines = nixpkgs.lib.genAttrs [ "boron" "carbon" ] (name: import ./machines/${name}.nix);
    in
    {
      nixosConfigurations = builtins.mapAttrs (
        _: machine:
        nixpkgs.lib.nixosSystem {
          inherit pkgs;
          modules = [ machine ];
        }
      ) machines;
      packages.x86_64-linux.image = nixos-generators.nixosGenerate {
        inherit pkgs;
        format = "iso";
        modules = [ machines.carbon ];
      };
    };
}
