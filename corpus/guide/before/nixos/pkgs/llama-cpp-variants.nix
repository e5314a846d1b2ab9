# llama.cpp, built for the GPU of a machine
inputs: final: prev: {
  llama-cpp-cuda = prev.llama-cpp.override {
	cudaSupport = true;
  };
	llama-cpp-vulkan = prev.llama-cpp.override {
    vulkanSupport = true;
	};
}
