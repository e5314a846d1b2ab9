{
  nixpkgs.hostPlatform = "x86_64-linux";
  nixpkgs.config.packageOverrides = pkgs: {
    llama-cpp-rocm = pkgs.llama-cpp.override { rocmSupport = true; };
  };
}
