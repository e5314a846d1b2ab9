{
  # Both at once: nixfix cannot know which one counts
  services.xserver.videoDrivers = [ "nvidia" ];
  services.ollama.acceleration = "rocm";
}
