final: prev: {
  llama-cpp-small = prev.llama-cpp;
}
