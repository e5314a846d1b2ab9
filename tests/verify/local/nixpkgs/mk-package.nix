# A package that any Nix can build, with the functions that overlays call.
system: name: attributes:
derivation {
  inherit name system;
  builder = "/bin/sh";
  args = [ "-c" "echo ${name} > $out" ];
}
// {
  pname = name;
  override = _: throw "${name} cannot be overridden for ${system}";
  cmakeFlags = [ "-DGGML_NATIVE:BOOL=FALSE" "-DNAME=${name}" ];
}
// attributes
