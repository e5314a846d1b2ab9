{
  flake.modules.nixos.boron = {
    imports = [ ];
    networking.domain = "example.org";
  };
}
