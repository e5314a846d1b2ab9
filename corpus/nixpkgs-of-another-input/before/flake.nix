{
  inputs = {
    stable.url = "github:NixOS/nixpkgs/nixos-24.11";
    handheld.url = "github:someone/handheld";
    kiosk.url = "github:someone/kiosk";
    kiosk.inputs.nixpkgs.follows = "stable";
  };

  outputs = inputs: {
    nixosConfigurations = {
      boron = inputs.handheld.inputs.nixpkgs.lib.nixosSystem {
        modules = [ ./boron.nix ];
      };
      carbon = inputs.kiosk.inputs.nixpkgs.lib.nixosSystem {
        modules = [ ./carbon.nix ];
      };
      nitrogen = inputs.handheld.inputs.nixpkgs.lib.nixosSystem {
        modules = [ ./nitrogen.nix ];
      };
    };
  };
}
