inputs: final: prev: {
	llama-cpp-cuda = prev.llama-cpp.override {
	  cudaSupport = true;
	};
  llama-cpp-rocm = prev.llama-cpp.override {
	rocmSupport = true;
  };
}
