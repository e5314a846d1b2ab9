inputs: final: prev: {
  llama-cpp-opencl = prev.llama-cpp.override { openclSupport = true; };
}
