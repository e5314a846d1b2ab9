{ unstable, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  systemd.services.transcribe.path = [ unstable.llama-cpp-rocm ];
}
