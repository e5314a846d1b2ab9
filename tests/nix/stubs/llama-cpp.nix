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
  # As in the real flake, what the overlay gives is built by the package set it is applied to.
  overlays.default = final: _: {
    llamaPackages.llama-cpp = mkDerivation {
      id = "llama-cpp-overlay@${final.stubInput}/${final.system}/llama-cpp";
      inherit (final) system;
    };
    inherit (final.llamaPackages) llama-cpp;
  };
  inputs.nixpkgs = nixpkgs;
}
