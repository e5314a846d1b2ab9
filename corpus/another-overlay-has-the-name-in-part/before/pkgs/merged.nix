final: prev:
{
  llama-cpp-vulkan = prev.llama-cpp.override { vulkanSupport = true; };
}
// prev.callPackage ./more.nix { }
// prev.lib.optionalAttrs prev.stdenv.hostPlatform.isx86_64 { greeting = prev.hello; }
