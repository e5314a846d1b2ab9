{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.snowfall-lib.url = "github:snowfallorg/lib";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    inputs:
    inputs.snowfall-lib.mkFlake {
      inherit inputs;
      src = ./.;
      overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
    };
}
