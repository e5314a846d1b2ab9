# Platforms, as far as configurations ask about them.
lib: rec {
  doubles.all = flakeExposed;
  doubles.linux = builtins.filter (lib.hasSuffix "-linux") flakeExposed;
  flakeExposed = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" "riscv64-linux" "i686-linux" ];
  supported = { };
  examples.raspberryPi.config = "armv6l-unknown-linux-gnueabihf";
  elaborate =
    given:
    let
      ofTriple = triple: "${builtins.head triple}-${builtins.elemAt triple 2}";
      system = if builtins.isString given then given else given.system or (ofTriple (lib.splitString "-" given.config));
      parts = lib.splitString "-" system;
      cpu = builtins.head parts;
      kernel = lib.last parts;
    in
    {
      inherit system;
      config = "${cpu}-unknown-${kernel}-gnu";
      isLinux = kernel == "linux";
      isDarwin = kernel == "darwin";
      isx86_64 = cpu == "x86_64";
      isx86 = cpu == "x86_64" || cpu == "i686";
      isAarch64 = cpu == "aarch64";
      isAarch = cpu == "aarch64";
      isAarch32 = false;
      isRiscV = lib.hasPrefix "riscv" cpu;
      isMusl = false;
      is64bit = cpu != "i686";
      linuxArch = cpu;
      parsed.cpu.name = cpu;
      parsed.kernel.name = kernel;
      gcc = if builtins.isAttrs given then given.gcc or { } else { };
    };
}
