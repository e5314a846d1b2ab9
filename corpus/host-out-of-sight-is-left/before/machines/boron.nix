{ networking.hostName = "boron"; }
