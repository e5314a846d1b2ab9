final: prev: { tools = prev.git; }
