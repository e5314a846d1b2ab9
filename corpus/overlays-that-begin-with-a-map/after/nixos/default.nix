{ inputs, lib, ... }:
{
  nixpkgs.overlays =
    (let
      names = [ "greeting" ];
    in
    map (name: final: prev: { ${name} = prev.hello; }) names
    ++ lib.optional (inputs ? emacs) (final: prev: { emacs = prev.hello; })) ++ [ (import ./pkgs/llama-cpp-overlay.nix { inherit inputs; }) ];
}
