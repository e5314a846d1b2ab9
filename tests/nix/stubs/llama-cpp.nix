# The official llama.cpp flake: packages that say which system, which output and whose nixpkgs they come from.
{ nixpkgs }:
let
  inherit (nixpkgs) lib;
  mkDerivation = import ../nixpkgs/derivation.nix lib;
  package = system: attr: mkDerivation { id = "llama-cpp@${nixpkgs.stubName}/${system}/${attr}"; inherit system; attrs.cmakeFlags = [ "-DGGML_NATIVE:BOOL=FALSE" ]; };
  outputsOf =
    system:
    [ "default" "vulkan" ]
    ++ lib.optionals (lib.hasSuffix "-linux" system) [ "cuda" "mpi-cpu" "mpi-cuda" ]
    ++ lib.optional (system == "x86_64-linux") "rocm";
  packages = lib.genAttrs [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ] (system: lib.genAttrs (outputsOf system) (package system));
in
{
  inherit packages;
  legacyPackages = packages;
  overlays.default = _: prev: { llama-cpp = packages.${prev.stdenv.hostPlatform.system}.default; };
  inputs.nixpkgs = nixpkgs;
}
