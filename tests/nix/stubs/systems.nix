# nix-systems/default: `import systems` gives the list.
[ "aarch64-darwin" "aarch64-linux" "x86_64-darwin" "x86_64-linux" ]
