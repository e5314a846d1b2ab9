{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations = nixpkgs.lib.genAttrs [ "boron" "carbon" ] (
        name:
        nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ "${./hosts/linux}/${name}" ];
        }
      );
    };
}
