{ inputs, ... }:
{ networking.domain = "example.org"; }
