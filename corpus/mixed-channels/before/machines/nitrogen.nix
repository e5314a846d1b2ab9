{ networking.hostName = "nitrogen"; }
