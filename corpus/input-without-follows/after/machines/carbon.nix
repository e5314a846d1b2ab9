{ pkgs, inputs, ... }:
{
  imports = [ ./hardware-profiles/cpu-optimized.nix ];

  # For `nix shell llama-cpp#vulkan`
  nix.registry.llama-cpp.to.url = "github:ggml-org/llama.cpp";
  networking.hostName = "carbon";
}
