{ name, ... }:
{ networking.hostName = name; }
