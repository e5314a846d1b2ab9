# llama.cpp built for one CPU architecture: such a build crashes on an older CPU.
{ inputs, ... }:

final: prev:
let
  packages = inputs.llama-cpp.packages.${prev.stdenv.hostPlatform.system};

  # Flags at the end win over those of the flake.
  withFlags =
    flags:
    packages.default.overrideAttrs (old: {
      cmakeFlags = (old.cmakeFlags or [ ]) ++ flags;
    });
in
{
  # Intel Tiger Lake
  llama-cpp-tiger-lake = withFlags [
    "-DGGML_SSE42=ON"
    "-DGGML_AVX=ON"
    "-DGGML_F16C=ON"
    "-DGGML_AVX2=ON"
    "-DGGML_BMI2=ON"
    "-DGGML_FMA=ON"
    "-DGGML_AVX512=ON"
    "-DGGML_AVX512_VBMI=ON"
    "-DGGML_AVX512_VNNI=ON"
  ];

  # AMD Ryzen of any generation
  llama-cpp-ryzen = withFlags [
    "-DGGML_AVX2=ON"
    "-DGGML_FMA=ON"
    "-DGGML_F16C=ON"
  ];

  # AMD Ryzen from Zen 4 on: the first with AVX-512
  llama-cpp-ryzen-zen4 = withFlags [
    "-DGGML_AVX2=ON"
    "-DGGML_FMA=ON"
    "-DGGML_F16C=ON"
    "-DGGML_AVX512=ON"
    "-DGGML_AVX512_VBMI=ON"
    "-DGGML_AVX512_VNNI=ON"
    "-DGGML_AVX512_BF16=ON"
  ];
}
