{ ... }: { networking.hostName = "carbon"; }
