{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";

  outputs =
    { nixpkgs, ... }:
    {
      packages.x86_64-linux.image =
        (nixpkgs.lib.nixosSystem {
          system = "x86_64-linux";
          modules = [ ../machines/ash.nix ];
        }).config.system.build.isoImage;
    };
}
