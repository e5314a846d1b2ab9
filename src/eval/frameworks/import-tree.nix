# import-tree: a directory as a module that imports every Nix file below it.
{ lib, ... }:
let
  inherit (builtins) filter isAttrs isList map;

  isPath = x: builtins.isPath x || builtins.isString x || (isAttrs x && x ? outPath);
  hidden = text: lib.hasInfix "/_" text;

  filesBelow =
    state: root:
    if !(isPath root) then
      if isAttrs root && root ? files then root.files else [ root ]
    else if lib.pathIsDirectory root then
      let
        seen = path: builtins.pathBelow root path;
        wanted = text: if state.first == null then lib.hasSuffix ".nix" text && !(hidden text) else state.first text;
      in
      filter (path: wanted (seen path) && state.keep (seen path)) (builtins.listFilesRecursive root)
    else
      [ root ];

  filesOf =
    state: roots:
    map state.change (
      builtins.concatMap (filesBelow state) (
        lib.flatten [
          state.paths
          roots
        ]
      )
    );

  treeOf =
    state:
    let
      next = changes: treeOf (state // changes);
      also = test: next { keep = text: state.keep text && test text; };
    in
    builtins.mapAttrs (_: member: member (treeOf state)) state.members
    // {
      # Called by the module system it is a module itself.
      __functor =
        _: roots:
        let
          files = filesOf state (if isAttrs roots && roots ? options then [ ] else roots);
        in
        if state.finish == null then { imports = files; } else state.finish files;
      filter = also;
      filterNot = test: also (text: !(test text));
      match = pattern: also (text: builtins.match pattern text != null);
      matchNot = pattern: also (text: builtins.match pattern text == null);
      map = f: next { change = x: f (state.change x); };
      addPath = path: next { paths = state.paths ++ [ path ]; };
      addAPI = members: next { members = state.members // members; };
      withLib = _: treeOf state;
      initFilter = first: next { inherit first; };
      pipeTo = finish: next { inherit finish; };
      leafs = next { finish = files: files; };
      files = filesOf state [ ];
      result = (treeOf state) [ ];
      new = fresh;
    };

  fresh = treeOf {
    first = null;
    keep = _: true;
    change = x: x;
    finish = null;
    paths = [ ];
    members = { };
  };
in
fresh // { imported = fresh; }
