//! The examples at the end of each command's help. Each of them is a command line that parses.

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or nothing to do; a dry run too
  1  `check` found something pending, or `verify` something wrong
  2  refused or failed, and nothing was written; a usage error too";

pub(super) const ALL: &str = "\
Examples:
  nixfix show                             what nixfix sees in the flake around you
  nixfix apply --dry-run                  the diff, and nothing else
  nixfix apply --profile carbon=cuda      migrate, and say which profile carbon gets
  nixfix check                            for CI: fails while something is pending";

pub(super) const APPLY: &str = "\
Examples:
  nixfix apply --dry-run                            show the diff, write nothing
  nixfix apply -i                                   go through the changes one by one
  nixfix apply ~/nixos --profile carbon=cuda        migrate another flake, one profile given
  nixfix apply --only add-input --no-commit         one step, left for you to commit
  nixfix apply --recipe sops.toml                   another migration than that of llama.cpp
  nixfix apply --home home/me.nix=llama-cpp-vulkan  a package for Home Manager as well
  nixfix apply --dry-run --format patch | git apply";

pub(super) const CHECK: &str = "\
Examples:
  nixfix check                            exit 1 and the diff while something is pending
  nixfix check --staged                   the same for what is staged, for a pre-commit hook
  nixfix check --format json | jq .status";

pub(super) const SHOW: &str = "\
Examples:
  nixfix show
  nixfix show --tree                      hosts, their modules, what these import, overlays
  nixfix show --format dot | dot -Tsvg >flake.svg
  nixfix show ~/nixos --format json | jq '.hosts[].profile'";

pub(super) const INIT: &str = "\
Examples:
  nixfix init --dry-run                   show what would be written
  nixfix init                             write nixfix.toml, or add the hosts that it lacks
  nixfix init ~/nixos";

pub(super) const VERIFY: &str = "\
Examples:
  nixfix verify                           every host evaluates and has the package of its profile
  nixfix verify --check --flags           also `nix flake check`, and how llama.cpp is built
  nixfix verify --build carbon            also build carbon's package
  nixfix verify --format json | jq '.hosts[] | select(.status == \"failed\")'";

pub(super) const HOOK: &str = "\
Examples:
  nixfix hook install                     git stops a commit that is not migrated
  nixfix hook uninstall";

pub(super) const EXPLAIN: &str = "\
Examples:
  nixfix explain                          every code, a line for each
  nixfix explain profile-contradictory    what it means, an example, and how to go on";

pub(super) const RECIPE: &str = "\
Examples:
  nixfix recipe new sops.toml             a recipe to fill in, every key explained
  nixfix recipe check sops.toml           what is wrong with it, and where
  nixfix apply --recipe sops.toml --dry-run";

pub(super) const RECIPE_CHECK: &str = "\
Examples:
  nixfix recipe check sops.toml           what is wrong with it and where, or what it does
  nixfix recipe check nixfix.toml         the same for what overrides the built-in recipe";

pub(super) const RECIPE_NEW: &str = "\
Examples:
  nixfix recipe new sops.toml             write a recipe to fill in
  nixfix recipe new | less                read what can be in one";

pub(super) const HOOK_INSTALL: &str = "\
Examples:
  nixfix hook install                     for the flake around you
  nixfix hook install ~/nixos
  nixfix hook install --recipe sops.toml  what is staged has to be as this recipe wants it";

pub(super) const HOOK_UNINSTALL: &str = "\
Examples:
  nixfix hook uninstall";

pub(super) const COMPLETIONS: &str = "\
Examples:
  nixfix completions bash >~/.local/share/bash-completion/completions/nixfix
  nixfix completions zsh >~/.zfunc/_nixfix                 in a directory of $fpath
  nixfix completions fish >~/.config/fish/completions/nixfix.fish
  nixfix completions elvish >>~/.config/elvish/rc.elv
  nixfix completions nushell >~/.config/nushell/autoload/nixfix.nu";

pub(super) const MAN: &str = "\
Examples:
  nixfix man ~/.local/share/man/man1      a page for each command, for `man nixfix`
  nixfix man | man -l -                   read the first one";

/// The end of the long help.
pub(super) fn long(examples: &str) -> String {
    format!("{EXIT_CODES}\n\n{examples}")
}
