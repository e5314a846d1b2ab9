{ lib, inputs }:
{
  mkMachine =
    { modules }:
    lib.nixosSystem {
      specialArgs = { inherit inputs; };
      modules = lib.singleton { system.stateVersion = lib.mkDefault "25.05"; } ++ modules;
    };
}
