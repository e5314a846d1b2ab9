# llama.cpp from its official flake, one package for each kind of hardware.
{ inputs, ... }:

final: prev:
let
  packages = inputs.llama-cpp.packages.${prev.stdenv.hostPlatform.system};
in
{
  # CPU build, runs on any machine
  llama-cpp-cpu = packages.default;

  # CUDA build, for NVIDIA GPUs; it is unfree
  llama-cpp-cuda = packages.cuda;

  # Vulkan build, for any GPU with a Vulkan driver
  llama-cpp-vulkan = packages.vulkan;

  # ROCm build, for AMD GPUs; the flake has it for x86_64-linux only
  llama-cpp-rocm = packages.rocm or (packages.default.override { useRocm = true; });
}
