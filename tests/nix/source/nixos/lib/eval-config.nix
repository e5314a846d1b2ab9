import (builtins.getEnv "NIXFIX_STUBS" + "/nixpkgs/nixos/eval-config.nix")
