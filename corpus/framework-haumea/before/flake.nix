{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.haumea.url = "github:nix-community/haumea";

  outputs =
    { nixpkgs, haumea, ... }@inputs:
    let
      hosts = haumea.lib.load {
        src = ./hosts;
        inputs = { inherit nixpkgs inputs; };
      };
    in
    {
      nixosConfigurations = nixpkgs.lib.mergeAttrsList (
        map (host: host.nixosConfigurations or { }) (builtins.attrValues hosts)
      );
    };
}
