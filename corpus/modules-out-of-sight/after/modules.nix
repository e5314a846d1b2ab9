[ { networking.firewall.enable = true; } ]
