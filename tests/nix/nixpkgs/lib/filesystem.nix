# What reads the file system.
lib: rec {
  pathType = path: (builtins.readDir (dirOf path)).${builtins.unsafeDiscardStringContext (baseNameOf path)} or "missing";
  pathIsDirectory = path: builtins.pathExists path && pathType path == "directory";
  pathIsRegularFile = path: builtins.pathExists path && pathType path == "regular";
  listFilesRecursive =
    dir:
    lib.flatten (
      lib.mapAttrsToList (
        name: type: if type == "directory" then listFilesRecursive (dir + "/${name}") else dir + "/${name}"
      ) (builtins.readDir dir)
    );
  packagesFromDirectoryRecursive =
    { callPackage, directory, ... }:
    lib.mapAttrs' (
      name: type:
      if type == "directory" then
        lib.nameValuePair name (
          if builtins.pathExists (directory + "/${name}/package.nix") then
            callPackage (directory + "/${name}/package.nix") { }
          else
            packagesFromDirectoryRecursive { inherit callPackage; directory = directory + "/${name}"; }
        )
      else
        lib.nameValuePair (lib.removeSuffix ".nix" name) (callPackage (directory + "/${name}") { })
    ) (builtins.readDir directory);
}
