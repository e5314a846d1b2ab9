{
  services.xserver.videoDrivers = [ "nvidia" ];
  services.ollama.acceleration = "rocm";
}
