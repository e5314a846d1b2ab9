{
  description = "My NixOS machines";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

    git-hooks = {
      url = "github:cachix/git-hooks.nix";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    # Wherever you have nixfix from.
    nixfix = {
      url = "git+https://example.org/nixfix";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    llama-cpp = {
      url = "github:ggml-org/llama.cpp";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    { self, nixpkgs, ... }@inputs:
    let
      system = "x86_64-linux";
      pkgs = nixpkgs.legacyPackages.${system};
    in
    {
      nixosConfigurations = {
        carbon = nixpkgs.lib.nixosSystem {
          inherit system;
          modules = [
            ./machines/carbon.nix
            { nixpkgs.overlays = [ (import ./nixos/pkgs/llama-cpp-overlay.nix { inherit inputs; }) ]; }
          ];
        };
      };

      # `nix flake check` runs the hook on all that is committed.
      checks.${system}.hooks = inputs.git-hooks.lib.${system}.run {
        src = ./.;
        imports = [ inputs.nixfix.lib.gitHooksModule ];
      };

      # `nix develop` installs the hook.
      devShells.${system}.default = pkgs.mkShell {
        packages = [ inputs.nixfix.packages.${system}.default ];
        inherit (self.checks.${system}.hooks) shellHook;
      };
    };
}
