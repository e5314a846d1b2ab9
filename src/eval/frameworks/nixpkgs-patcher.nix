# nixpkgs-patcher: `nixosSystem` of the nixpkgs that it is given or finds among the inputs, with patches applied, which are
# not looked into. It finds the patches among the inputs by their names; who says by which may have the new input among them.
{ lib, flake }:
{
  lib.nixosSystem =
    {
      nixpkgsPatcher ? { },
      ...
    }@args:
    let
      inputs = nixpkgsPatcher.inputs or args.specialArgs;
      nixpkgs = nixpkgsPatcher.nixpkgs or inputs.nixpkgs;
    in
    if nixpkgsPatcher ? patchInputRegex then
      builtins.notFollowed "`patchInputRegex`, which may take the new input for a patch"
    else
      nixpkgs.lib.nixosSystem (builtins.removeAttrs args [ "nixpkgsPatcher" ]);
}
