{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.llama-cpp.url = "github:ggml-org/llama.cpp";
  inputs.llama-cpp.inputs.nixpkgs.follows = "nixpkgs";

  outputs =
    { nixpkgs, ... }@inputs:
    let
      inherit (nixpkgs) lib;
      specialArgs = { inherit inputs; };
      mkHost =
        name:
        lib.nixosSystem {
          inherit specialArgs;
          modules = [
            (./machines + "/${name}.nix")
            { networking.hostName = name; }
          ];
        };
      image = lib.nixosSystem {
        inherit specialArgs;
        modules = [
          ./machines/carbon.nix
          "${nixpkgs}/nixos/modules/installer/cd-dvd/installation-cd-minimal.nix"
        ];
      };
    in
    {
      nixosConfigurations = lib.genAttrs [
        "boron"
        "carbon"
      ] mkHost;

      images.carbon = image.config.system.build.isoImage;
    };
}
