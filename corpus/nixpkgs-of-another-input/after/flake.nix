{
  inputs = {
    stable.url = "github:NixOS/nixpkgs/nixos-24.11";
    handheld.url = "github:someone/handheld";
    kiosk.url = "github:someone/kiosk";
    kiosk.inputs.nixpkgs.follows = "stable";
    llama-cpp.url = "github:ggml-org/llama.cpp";
    llama-cpp.inputs.nixpkgs.follows = "handheld/nixpkgs";
  };

  outputs = inputs: {
    nixosConfigurations = {
      boron = inputs.handheld.inputs.nixpkgs.lib.nixosSystem {
        modules = [
          ./boron.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
      carbon = inputs.kiosk.inputs.nixpkgs.lib.nixosSystem {
        modules = [
          ./carbon.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
      nitrogen = inputs.handheld.inputs.nixpkgs.lib.nixosSystem {
        modules = [
          ./nitrogen.nix
          { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
        ];
      };
    };
  };
}
