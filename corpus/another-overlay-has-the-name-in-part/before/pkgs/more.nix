{ hello, ... }: { farewell = hello; }
