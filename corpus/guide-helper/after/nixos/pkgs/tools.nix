{writeShellScriptBin}:
writeShellScriptBin "tools" "exec ls"
