{ inputs, ... }:
{
  additions = final: prev: { greeting = prev.hello; };
  modifications = final: prev: { };
  llama-cpp = import ../nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; };
}
