{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    {
      nixpkgs,
      flake-parts,
      ...
    }@inputs:
    let
      own = final: {
        machines = import ./machines.nix {
          inherit inputs;
          lib = final;
        };
        inherit (final.machines) mkMachine;
      };
      others = nixpkgs.lib.composeManyExtensions [
        (_: _: nixpkgs.lib)
        (_: _: flake-parts.lib)
      ];
      lib = (nixpkgs.lib.makeExtensible own).extend others;
    in
    {
      nixosConfigurations.carbon = lib.mkMachine { modules = [
        ./carbon.nix
        { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
      ]; };
    };
}
