# Packages as `lib.meta`, `lib.licenses` and `lib.platforms` see them.
lib: {
  getExe = pkg: "${pkg}/bin/${pkg.meta.mainProgram or (lib.getName pkg)}";
  getExe' = pkg: name: "${pkg}/bin/${name}";
  setPrio = _: pkg: pkg;
  hiPrio = pkg: pkg;
  lowPrio = pkg: pkg;
  addMetaAttrs = more: pkg: pkg // { meta = pkg.meta or { } // more; };
  licenses = lib.genAttrs [ "mit" "gpl2" "gpl3" "gpl3Only" "gpl3Plus" "asl20" "bsd3" "unfree" "mpl20" "lgpl21" "free" "isc" ] (
    name: {
      shortName = name;
      free = name != "unfree";
    }
  );
  platforms = {
    all = lib.systems.flakeExposed;
    linux = lib.systems.doubles.linux;
    unix = lib.systems.flakeExposed;
    darwin = [ "x86_64-darwin" "aarch64-darwin" ];
    x86_64 = [ "x86_64-linux" "x86_64-darwin" ];
  };
}
