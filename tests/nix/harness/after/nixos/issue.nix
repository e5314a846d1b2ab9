# Reached through `self`, and copies a file to the store.
{ environment.etc."issue".source = "${./common.nix}"; }
