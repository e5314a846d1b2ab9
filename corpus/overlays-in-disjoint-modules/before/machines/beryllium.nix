{ services.xserver.videoDrivers = [ "amdgpu" ]; }
