{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    home-manager.url = "github:nix-community/home-manager";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs = inputs: with inputs; {
    nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [
        { nixpkgs.overlays = with nixpkgs.lib; [
          (final: prev: { greeting = prev.hello; })
          (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; })
        ]; }
        home-manager.nixosModules.home-manager
        ./machines/carbon.nix
      ];
    };
  };
}
