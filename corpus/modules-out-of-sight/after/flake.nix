{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      host =
        name:
        nixpkgs.lib.nixosSystem {
          modules = [
            ./${name}.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ] ++ (builtins.tryEval (import ./modules.nix)).value;
        };
    in
    {
      nixosConfigurations.carbon = host "carbon";
      nixosConfigurations.boron = host "boron";
      nixosConfigurations.argon = host "argon";
    };
}
