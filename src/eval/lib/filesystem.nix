# Files, and sets of them, which here are simply lists.
lib:
let
  inherit (builtins) concatMap filter isList;
in
rec {
  fileset =
    let
      files =
        set:
        if isList set then
          set
        else if pathIsDirectory set then
          builtins.listFilesRecursive set
        else
          [ set ];
      describe = path: {
        name = baseNameOf path;
        type = "regular";
        hasExt = extension: builtins.hasSuffix ("." + extension) (baseNameOf path);
      };
    in
    rec {
      toList = files;
      fileFilter = test: root: filter (path: test (describe path)) (files root);
      maybeMissing = path: if builtins.pathExists path then files path else [ ];
      union = a: b: unions [
        a
        b
      ];
      unions = sets: builtins.unique (concatMap files sets);
      intersection = a: b: lib.intersectLists (files a) (files b);
      difference = a: b: lib.subtractLists (files b) (files a);
      gitTracked = files;
      fromSource = files;
    };

  path = {
    append = root: subpath: root + "/${subpath}";
    hasPrefix = throw "components of paths are not compared";
    hasStorePathPrefix = throw "the store is not looked into";
    removePrefix = throw "components of paths are not compared";
    splitRoot = throw "the store is not looked into";
    subpath = throw "subpaths are not followed";
  };
  packagesFromDirectoryRecursive = throw "package directories are not followed";
  pathIsDirectory = path: builtins.pathExists path && builtins.readFileType path == "directory";
  pathIsRegularFile = path: builtins.pathExists path && builtins.readFileType path == "regular";
  pathType = builtins.readFileType;
  cleanSource = src: builtins.path { path = src; };
  cleanSourceWith = { src, ... }: builtins.path { path = src; };
}
