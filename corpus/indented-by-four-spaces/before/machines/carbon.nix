{ pkgs, ... }:
{
    imports = [
        ./disk.nix
    ];

    # Who am I
    networking.hostName = "carbon";
}
