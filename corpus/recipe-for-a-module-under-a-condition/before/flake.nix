{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    sops-nix.url = "github:Mic92/sops-nix";
    sops-nix.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules =
          [ ./machines/carbon.nix ]
          ++ nixpkgs.lib.optional (nixpkgs.lib.versionAtLeast nixpkgs.lib.version "25.05") inputs.sops-nix.nixosModules.sops;
      };
    };
}
