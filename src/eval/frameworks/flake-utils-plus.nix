# flake-utils-plus: hosts from a table; each gets the package set of its channel, with the overlays of that channel and the
# shared ones.
{ lib, ... }:
let
  own = [
    "self"
    "supportedSystems"
    "inputs"
    "channels"
    "channelsConfig"
    "sharedOverlays"
    "hosts"
    "hostDefaults"
    "outputsBuilder"
    "nixosProfiles"
  ];
  defaultSystems = [
    "aarch64-linux"
    "x86_64-linux"
    "aarch64-darwin"
    "x86_64-darwin"
  ];

  mkFlake =
    {
      self,
      inputs,
      supportedSystems ? defaultSystems,
      channels ? { },
      channelsConfig ? { },
      sharedOverlays ? [ ],
      hosts ? { },
      hostDefaults ? { },
      ...
    }@arguments:
    let
      packagesOf =
        system: name: channel:
        import (channel.input or inputs.${name}) {
          inherit system;
          config = channelsConfig // (channel.config or { });
          overlays =
            sharedOverlays
            ++ (if channel ? overlaysBuilder then channel.overlaysBuilder self.pkgs.${system} else [ ]);
        };
      pkgs = lib.genAttrs supportedSystems (
        system: builtins.mapAttrs (packagesOf system) ({ nixpkgs = { }; } // channels)
      );
      build =
        name: given:
        let
          host = hostDefaults // given;
          system = host.system or "x86_64-linux";
          channel = host.channelName or "nixpkgs";
          builder = host.builder or (channels.${channel}.input or inputs.${channel}).lib.nixosSystem;
        in
        lib.optionalAttrs ((host.output or "nixosConfigurations") == "nixosConfigurations") {
          ${name} = builder {
            inherit system;
            specialArgs = (hostDefaults.specialArgs or { }) // (given.specialArgs or { });
            modules = [
              {
                nixpkgs.pkgs = pkgs.${system}.${channel};
                _module.args = {
                  inherit inputs;
                }
                // (hostDefaults.extraArgs or { })
                // (given.extraArgs or { });
              }
            ]
            ++ (hostDefaults.modules or [ ])
            ++ (given.modules or [ ]);
          };
        };
    in
    builtins.removeAttrs arguments own
    // {
      inherit pkgs;
      nixosConfigurations = lib.concatMapAttrs build hosts;
    };

  modulesFromList =
    paths:
    builtins.listToAttrs (
      map (path: lib.nameValuePair (lib.removeSuffix ".nix" (baseNameOf path)) (import path)) paths
    );
in
{
  lib = {
    inherit mkFlake defaultSystems;
    exportModules = modulesFromList;
    modulesFromList = modulesFromList;
    mkApp = app: app;
  };
}
