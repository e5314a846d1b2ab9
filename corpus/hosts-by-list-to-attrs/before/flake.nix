{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { nixpkgs, ... }@inputs: let
    mkHost = name: {
      inherit name;
      value = nixpkgs.lib.nixosSystem {
        system = "x86_64-linux";
        modules = [ (./machines + "/${name}.nix") ];
      };
    };
  in {
    nixosConfigurations = builtins.listToAttrs (map mkHost [ "carbon" "boron" ]);
  };
}
