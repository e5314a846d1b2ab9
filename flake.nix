{
  description = "Refactors a NixOS flake repository in place, and proves the result before showing it";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;

      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forEachSystem = f: lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});

      cargo = (lib.importTOML ./Cargo.toml).package;

      nixfix =
        pkgs:
        pkgs.rustPlatform.buildRustPackage {
          pname = cargo.name;
          inherit (cargo) version;
          src = lib.cleanSource ./.;
          cargoLock.lockFile = ./Cargo.lock;

          # The tests make git repositories of their own, sign commits in them, run pre-commit, and ask
          # Nix about the results.
          nativeCheckInputs = [
            pkgs.gitMinimal
            pkgs.nix
            pkgs.openssh
            pkgs.pre-commit
          ];

          meta = {
            inherit (cargo) description;
            license = [
              lib.licenses.mit
              lib.licenses.asl20
            ];
            mainProgram = "nixfix";
          };
        };

      # A module of git-hooks.nix: before each commit, what is staged is judged.
      gitHook =
        { config, pkgs, ... }:
        let
          hook = config.hooks.nixfix;
        in
        {
          hooks.nixfix = {
            enable = lib.mkDefault true;
            name = lib.mkDefault "nixfix check --staged";
            description = "Checks that nothing of the migration is pending in what is staged";
            package = lib.mkDefault self.packages.${pkgs.stdenv.hostPlatform.system}.default;
            entry = "${lib.getExe hook.package} check --staged";
            pass_filenames = false;
            # A commit that only deletes files is judged too.
            always_run = true;
          };
        };
    in
    {
      packages = forEachSystem (pkgs: {
        nixfix = nixfix pkgs;
        default = nixfix pkgs;
      });

      overlays.default = final: prev: { nixfix = nixfix final; };

      apps = forEachSystem (pkgs: {
        default = {
          type = "app";
          program = lib.getExe (nixfix pkgs);
          meta = { inherit (cargo) description; };
        };
      });

      devShells = forEachSystem (pkgs: {
        default = pkgs.mkShell {
          inputsFrom = [ (nixfix pkgs) ];
          packages = [
            pkgs.clippy
            pkgs.rust-analyzer
            pkgs.rustfmt
          ];
        };
      });

      # Building the package runs the tests.
      checks = forEachSystem (pkgs: {
        package = nixfix pkgs;

        clippy = (nixfix pkgs).overrideAttrs (old: {
          pname = "nixfix-clippy";
          nativeBuildInputs = old.nativeBuildInputs ++ [ pkgs.clippy ];
          buildPhase = "cargo clippy --offline --all-targets -- --deny warnings";
          doCheck = false;
          installPhase = "touch $out";
        });

        format =
          pkgs.runCommand "nixfix-format"
            {
              nativeBuildInputs = [
                pkgs.cargo
                pkgs.nixfmt
                pkgs.rustfmt
              ];
            }
            ''
              export CARGO_HOME=$TMPDIR
              cd ${lib.cleanSource ./.}
              cargo fmt --check
              nixfmt --check flake.nix
              touch $out
            '';
      });

      formatter = forEachSystem (pkgs: pkgs.nixfmt-tree);

      # For git-hooks.nix by itself, and for its module of flake-parts.
      lib.gitHooksModule = gitHook;
      flakeModules.default.perSystem.pre-commit.settings.imports = [ gitHook ];

      templates.default = {
        path = ./docs/template;
        description = "NixOS with the official llama.cpp flake on every host; a hook and CI let no host go without it";
        welcomeText = ''
          `carbon` stands for a machine of yours: rename it, and write its disks into `machines/carbon.nix`.
          Say in `flake.nix` where nixfix comes from. Then:

              git init && git add --all && nix flake lock && git add --all && git commit -m 'Begin'
              nix develop

          The shell has nixfix, and installs a hook: a commit that leaves a host without overlay or profile is
          stopped. To give the hosts both:

              nixfix apply --no-commit --allow-dirty
        '';
      };
    };
}
