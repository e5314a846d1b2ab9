{
  hardware.amdgpu.opencl.enable = true;
}
