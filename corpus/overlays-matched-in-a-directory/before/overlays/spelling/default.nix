final: prev: {
  spelling = prev.aspell;
}
