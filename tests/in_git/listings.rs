//! Directories of very many files, and flakes that make their hosts or modules of them.

use std::io::Write;
use std::process::Stdio;

use crate::sandbox::*;
use crate::soon::soon;

/// An unoptimised build shows the same with fewer.
const FILES: usize = if cfg!(debug_assertions) {
    10_000
} else {
    100_000
};

/// One host, not migrated, and so many further files beside its machine file, staged but not on the disk.
fn crowded() -> Sandbox {
    let sandbox = Sandbox::old();
    let blob = sandbox.git(&["rev-parse", "HEAD:machines/carbon.nix"]);
    let mut git = sandbox
        .command("git", &sandbox.root())
        .args(["update-index", "--index-info"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = (0..FILES).map(|at| format!("100644 {}\tmachines/m{at:06}.nix\n", blob.trim()));
    let mut input = git.stdin.take().unwrap();
    input
        .write_all(lines.collect::<String>().as_bytes())
        .unwrap();
    drop(input);
    assert!(git.wait().unwrap().success());
    sandbox
}

#[test]
fn a_crowded_directory_that_nothing_lists_is_passed_by() {
    let ran = soon(&crowded(), "not listed", &["check"]);
    ran.expect(1, &["+++ b/machines/carbon.nix"]);
}

/// Puts a table of hosts in the place of the one host, for each name in `machines` that `kept` is true of.
fn with_hosts_of(sandbox: &Sandbox, kept: &str) {
    let table = format!(
        "nixosConfigurations = builtins.mapAttrs (name: _: nixpkgs.lib.nixosSystem {{
      modules = [ (./machines + \"/${{name}}\") ];
    }}) (nixpkgs.lib.filterAttrs (name: _: {kept}) (builtins.readDir ./machines));
    x"
    );
    let flake = sandbox.read("flake.nix");
    sandbox.write(
        "flake.nix",
        &flake.replace("nixosConfigurations.carbon", &table),
    );
}

#[test]
fn the_hosts_that_a_listing_keeps_are_found_among_all_files() {
    let sandbox = crowded();
    with_hosts_of(&sandbox, "nixpkgs.lib.hasPrefix \"carbon\" name");
    let ran = soon(&sandbox, "one of all", &["check"]);
    ran.expect(1, &["to `carbon.nix` in `flake.nix`"]);
}

#[test]
fn a_listing_that_makes_each_file_a_host_is_refused_for_their_number() {
    let sandbox = crowded();
    with_hosts_of(&sandbox, "true");
    let ran = soon(&sandbox, "each of all", &["check"]);
    ran.expect(
        2,
        &["error[hosts-hidden]", "there are more than 2000 hosts"],
    );
}

/// Puts these in the place of the one host's modules.
fn with_modules(sandbox: &Sandbox, modules: &str) {
    let flake = sandbox.read("flake.nix");
    let old = "[ ./machines/carbon.nix ]";
    assert!(flake.contains(old));
    sandbox.write("flake.nix", &flake.replace(old, modules));
}

#[test]
fn the_modules_that_a_listing_keeps_are_found_among_all_files() {
    let sandbox = crowded();
    let modules = "builtins.filter (file: baseNameOf file == \"carbon.nix\")
        (nixpkgs.lib.filesystem.listFilesRecursive ./machines)";
    with_modules(&sandbox, modules);
    let ran = soon(&sandbox, "one module of all", &["check"]);
    ran.expect(1, &["+++ b/machines/carbon.nix"]);
}

#[test]
fn a_listing_that_makes_each_file_a_module_is_refused_for_their_number() {
    let sandbox = crowded();
    with_modules(
        &sandbox,
        "nixpkgs.lib.filesystem.listFilesRecursive ./machines",
    );
    let ran = soon(&sandbox, "each a module", &["check"]);
    ran.expect(2, &["host `carbon`", "more than 5000 modules"]);
}
