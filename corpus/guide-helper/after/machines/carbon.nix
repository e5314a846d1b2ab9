{
  config,
  pkgs,
  ...
}: {
  imports = [./hardware-profiles/cuda.nix];
  networking.hostName = "carbon";
  services.xserver.videoDrivers = ["nvidia"];
  environment.systemPackages = with pkgs; [llama-cpp-cuda];
}
