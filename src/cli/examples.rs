//! The examples at the end of each command's help. Each of them is a command line that parses.

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or nothing to do; a dry run too
  1  `check` found something pending, or `verify` something wrong
  2  refused or failed, and nothing was written; a usage error too";

pub(super) const ALL: &str = "\
Examples:
  nixfix show                         what nixfix sees in the flake around you
  nixfix apply --dry-run              the diff, and nothing else
  nixfix apply --profile carbon=cuda  migrate, with this profile for carbon
  nixfix check                        for CI: fails while something is pending";

pub(super) const APPLY: &str = "\
Examples:
  nixfix apply --dry-run                            the diff, nothing else
  nixfix apply -i                                   change by change
  nixfix apply ~/nixos --profile carbon=cuda        another flake
  nixfix apply --only add-input --no-commit         one step, yours to commit
  nixfix apply --recipe sops.toml                   another migration
  nixfix apply --home home/me.nix=llama-cpp-vulkan  with Home Manager
  nixfix apply --dry-run --format patch | git apply";

pub(super) const CHECK: &str = "\
Examples:
  nixfix check           exit 1 and the diff while something is pending
  nixfix check --staged  the same for what is staged, for a hook
  nixfix check --format json | jq .status";

pub(super) const SHOW: &str = "\
Examples:
  nixfix show
  nixfix show --tree  hosts, modules, imports, overlays
  nixfix show --format dot | dot -Tsvg >flake.svg
  nixfix show ~/nixos --format json | jq '.hosts[].profile'";

pub(super) const INIT: &str = "\
Examples:
  nixfix init --dry-run  show what would be written
  nixfix init            write nixfix.toml, or add what it lacks
  nixfix init ~/nixos";

pub(super) const VERIFY: &str = "\
Examples:
  nixfix verify                  every host has its package
  nixfix verify --check --flags  also the check, and how it is built
  nixfix verify --build carbon   also build carbon's package
  nixfix verify --format json | jq '.hosts[] | select(.status == \"failed\")'";

pub(super) const HOOK: &str = "\
Examples:
  nixfix hook install  git stops a commit that is not migrated
  nixfix hook uninstall";

pub(super) const EXPLAIN: &str = "\
Examples:
  nixfix explain                        every code, a line for each
  nixfix explain profile-contradictory  what it means, and how to go on";

pub(super) const RECIPE: &str = "\
Examples:
  nixfix recipe new sops.toml    a recipe to fill in, every key explained
  nixfix recipe check sops.toml  what is wrong with it, and where
  nixfix apply --recipe sops.toml --dry-run";

pub(super) const RECIPE_CHECK: &str = "\
Examples:
  nixfix recipe check sops.toml    what is wrong with it, or what it does
  nixfix recipe check nixfix.toml  the same for your nixfix.toml";

pub(super) const RECIPE_NEW: &str = "\
Examples:
  nixfix recipe new sops.toml  write a recipe to fill in
  nixfix recipe new | less     read what can be in one";

pub(super) const HOOK_INSTALL: &str = "\
Examples:
  nixfix hook install                     for the flake around you
  nixfix hook install ~/nixos
  nixfix hook install --recipe sops.toml  for this recipe";

pub(super) const HOOK_UNINSTALL: &str = "\
Examples:
  nixfix hook uninstall";

pub(super) const COMPLETIONS: &str = "\
Examples:
  nixfix completions bash >~/.local/share/bash-completion/completions/nixfix
  nixfix completions zsh >~/.zfunc/_nixfix  in $fpath
  nixfix completions fish >~/.config/fish/completions/nixfix.fish
  nixfix completions elvish >>~/.config/elvish/rc.elv
  nixfix completions nushell >~/.config/nushell/autoload/nixfix.nu";

pub(super) const MAN: &str = "\
Examples:
  nixfix man ~/.local/share/man/man1  a page for each command, for `man nixfix`
  nixfix man | man -l -               read the first one";

/// The end of the long help.
pub(super) fn long(examples: &str) -> String {
    format!("{EXIT_CODES}\n\n{examples}")
}
