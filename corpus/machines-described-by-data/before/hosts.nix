rec {
  server = ./modules/server.nix;
  machines = {
    carbon = {
      system = "x86_64-linux";
      modules = [ ];
    };
    boron = {
      system = "aarch64-linux";
      modules = [ server ];
    };
  };
}
