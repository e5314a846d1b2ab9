{ self, nixpkgs, disko, llama-cpp }:

{
  nixosConfigurations.carbon = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    modules = [
      disko.nixosModules.disko
      ./machines/carbon.nix
      { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inputs = { inherit llama-cpp; }; }) ]; }
    ];
  };
}
