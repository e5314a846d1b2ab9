{
    description = "One machine";

    inputs = {
        nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
        disko = {
            url = "github:nix-community/disko";
            inputs.nixpkgs.follows = "nixpkgs";
        };
    };

    outputs = {
        self,
        nixpkgs,
        disko
    }: {
        nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
            system = "x86_64-linux";
            modules = [
                disko.nixosModules.disko
                ./machines/carbon.nix
                {
                    nixpkgs.overlays = [
                        (final: prev: { greeting = prev.hello; })
                    ];
                }
            ];
        };
    };
}
