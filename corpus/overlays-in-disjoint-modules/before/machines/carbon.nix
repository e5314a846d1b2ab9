{ services.xserver.videoDrivers = [ "nvidia" ]; }
