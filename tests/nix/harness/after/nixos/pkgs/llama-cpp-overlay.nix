{ inputs, ... }:

final: prev:
let
  packages = inputs.llama-cpp.packages.${prev.stdenv.hostPlatform.system};
in
{
  llama-cpp-cpu = packages.default;
  llama-cpp-cuda = packages.cuda;
  llama-cpp-vulkan = packages.vulkan;
  llama-cpp-rocm = packages.rocm or (packages.default.override { useRocm = true; });
}
