inputs: final: prev: {
  llama-cpp-cuda = prev.hello;
}
