# What nixfix asks about one host, as a function of `nixosConfigurations`.
{
  host,
  packages,
  # Whether a package that does not evaluate ends it all, with Nix's own message.
  strict,
}:
hosts:
let
  inherit (hosts.${host}) pkgs config;
  installed = config.environment.systemPackages;
  try = value: if strict then { success = true; inherit value; } else builtins.tryEval value;

  # Names are compared first: that leaves unrelated packages alone.
  isInstalled = package: builtins.any (other: (other.name or null) == package.name && other.outPath == package.outPath) installed;

  ask =
    name:
    let
      package = pkgs.${name};
      derivation = try package.drvPath;
      flags = try (map toString (package.cmakeFlags or [ ]));
      evaluates = pkgs ? ${name} && derivation.success;
    in
    {
      inherit name;
      exists = pkgs ? ${name};
      derivation = if evaluates then derivation.value else null;
      installed = evaluates && isInstalled package;
      flags = if evaluates && flags.success then flags.value else [ ];
    };
in
# The option is read even where nobody asks for a package.
builtins.seq (builtins.length installed) {
  system = pkgs.stdenv.hostPlatform.system or pkgs.system or null;
  packages = map ask packages;
}
