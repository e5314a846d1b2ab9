{
  outputs = { self, nixpkgs, ... }@inputs: {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ ./carbon.nix ]; };
  };

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; # the only one
}
