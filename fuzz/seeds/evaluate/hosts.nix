{
  carbon = nixpkgs.lib.nixosSystem {
    system = "x86_64-linux";
    specialArgs = { inherit inputs; };
    modules = [ ./machine.nix { nixpkgs.overlays = [ (final: prev: { }) ]; } ];
  };
}
