inputs: final: prev: {
  llama-cpp-vulkan = prev.llama-cpp.override { vulkanSupport = true; };
}
