{ lib, suffix }:
{
  filesIn = directory: builtins.filter (lib.hasSuffix suffix) (lib.filesystem.listFilesRecursive directory);
}
