{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nixos-hardware.url = "github:NixOS/nixos-hardware";
  };

  outputs = inputs: {
    nixosConfigurations = {
      carbon = inputs.nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ ./machines/carbon.nix inputs.nixos-hardware.nixosModules.common-pc-ssd ];
      };
    };
  };
}
