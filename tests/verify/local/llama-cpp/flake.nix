# Stands for the official llama.cpp flake: rocm on x86_64-linux only, as there.
{
  inputs.nixpkgs.url = "path:NIXPKGS";

  outputs =
    { self, nixpkgs }:
    {
      packages = nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
        system:
        let
          names = [ "default" "cuda" "vulkan" ] ++ (if system == "x86_64-linux" then [ "rocm" ] else [ ]);
        in
        nixpkgs.lib.genAttrs names (name: nixpkgs.mkPackage system "llama-cpp-${name}" { })
      );
    };
}
