{
  imports = [ ./hardware-profiles/rocm.nix ];
  hardware.amdgpu.opencl.enable = true;
}
