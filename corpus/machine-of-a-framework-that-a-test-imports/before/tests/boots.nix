{ pkgs }:
pkgs.testers.runNixOSTest {
  name = "boots";
  nodes.alder.imports = [ ../hosts/alder/configuration.nix ];
  testScript = ''alder.wait_for_unit("multi-user.target")'';
}
