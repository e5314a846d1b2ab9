{ pkgs }:
pkgs.testers.runNixOSTest {
  name = "boots";
  nodes.alder.imports = [ ../machines/alder.nix ];
  testScript = ''alder.wait_for_unit("sshd.service")'';
}
