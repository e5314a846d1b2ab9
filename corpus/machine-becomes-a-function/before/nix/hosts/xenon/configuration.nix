{
	imports = [ ./disk.nix ];
	nixpkgs.hostPlatform = "aarch64-linux";
}
