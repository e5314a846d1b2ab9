{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.nixos-generators.url = "github:nix-community/nixos-generators";

  outputs =
    { nixpkgs, nixos-generators, ... }@inputs:
    {
      nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ ./machines/carbon.nix ];
      };

      packages.x86_64-linux.image = nixos-generators.nixosGenerate {
        system = "x86_64-linux";
        modules = [ ./machines/carbon.nix ];
        format = "qcow";
      };
    };
}
