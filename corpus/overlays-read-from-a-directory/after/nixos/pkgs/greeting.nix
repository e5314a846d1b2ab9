inputs: final: prev: {
  greeting = prev.hello;
}
