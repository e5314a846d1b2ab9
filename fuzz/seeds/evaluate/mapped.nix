nixpkgs.lib.genAttrs [ "carbon" "boron" ] (name: nixpkgs.lib.nixosSystem { modules = [ ./machine.nix { networking.hostName = name; } ]; })
