{ networking.hostName = "carbon"; }
