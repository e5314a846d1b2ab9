final: prev: {
  greeting = prev.hello;
  llama-cpp-cuda = prev.llama-cpp.override { cudaSupport = true; };
}
