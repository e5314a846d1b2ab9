import (builtins.getEnv "NIXFIX_STUBS" + "/nixpkgs/lib")
