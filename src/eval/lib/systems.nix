# Systems.
_:
rec {
  systems = {
    flakeExposed = [
      "x86_64-linux"
      "aarch64-linux"
      "x86_64-darwin"
      "armv6l-linux"
      "armv7l-linux"
      "i686-linux"
      "aarch64-darwin"
      "powerpc64le-linux"
      "riscv64-linux"
      "x86_64-freebsd"
    ];
    doubles.all = systems.flakeExposed;
    # Platforms that run Linux; what they have besides their triple is left open.
    examples =
      builtins.mapAttrs (_: config: builtins.notFollowed "the rest of a platform" // { inherit config; })
        {
          aarch64-multiplatform = "aarch64-unknown-linux-gnu";
          aarch64-multiplatform-musl = "aarch64-unknown-linux-musl";
          armv7l-hf-multiplatform = "armv7l-unknown-linux-gnueabihf";
          gnu32 = "i686-unknown-linux-gnu";
          gnu64 = "x86_64-unknown-linux-gnu";
          loongarch64-linux = "loongarch64-unknown-linux-gnu";
          musl32 = "i686-unknown-linux-musl";
          musl64 = "x86_64-unknown-linux-musl";
          muslpi = "armv6l-unknown-linux-musleabihf";
          powernv = "powerpc64le-unknown-linux-gnu";
          raspberryPi = "armv6l-unknown-linux-gnueabihf";
          riscv32 = "riscv32-unknown-linux-gnu";
          riscv64 = "riscv64-unknown-linux-gnu";
          riscv64-musl = "riscv64-unknown-linux-musl";
          s390x = "s390x-unknown-linux-gnu";
        };
  };
}
