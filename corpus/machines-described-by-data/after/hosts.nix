rec {
  server = ./modules/server.nix;
  machines = {
    carbon = {
      system = "x86_64-linux";
      modules = [ ./modules/hardware-profiles/cuda.nix ];
    };
    boron = {
      system = "aarch64-linux";
      modules = [ server ];
    };
  };
}
