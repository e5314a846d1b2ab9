final: prev: { llama-cpp-cuda = prev.llama-cpp.override { cudaSupport = true; }; }
