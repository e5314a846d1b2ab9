//! Every output of `flake.nix`, as the real Nix evaluates it over the stub of nixpkgs.

use std::fs;

use serde_json::{Value, json};
use similar::TextDiff;

use crate::nix::Nix;
use crate::{copy, root};

const SYSTEMS: [&str; 4] = [
    "x86_64-linux",
    "aarch64-linux",
    "x86_64-darwin",
    "aarch64-darwin",
];

/// The packages of nixpkgs that the flake asks for, by the names that they have there.
const PACKAGES: [&str; 7] = [
    "clippy",
    "gitMinimal",
    "nixfmt",
    "nixfmt-tree",
    "pre-commit",
    "rust-analyzer",
    "rustfmt",
];

/// What `tests/nix/packaging.nix` tells of the flake. It is given only what the flake reads: Nix copies all of it.
fn outputs() -> Value {
    let nix = Nix::new().unwrap();
    let flake = nix.directory().join("nixfix");
    copy(&root().join("docs/template"), &flake.join("docs/template"));
    for file in ["flake.nix", "Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join(file), flake.join(file)).unwrap();
    }
    let packages = PACKAGES.map(|name| [name]);
    let spec = json!({ "cases": { "case0": { "packages": packages } }, "root": flake });
    let said = nix.eval("packaging.nix", &spec).unwrap();
    assert_eq!(said.failure, None);
    said.values.into_iter().next().unwrap()
}

/// The same for every system, whose name stands where `expected` says `SYSTEM`.
fn everywhere(expected: Value) -> Value {
    let of = |system: &str| of_system(&expected, system);
    SYSTEMS
        .map(|system| (system, of(system)))
        .into_iter()
        .collect()
}

fn of_system(expected: &Value, system: &str) -> Value {
    serde_json::from_str(&expected.to_string().replace("SYSTEM", system)).unwrap()
}

fn package() -> Value {
    json!({
        "pname": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "description": env!("CARGO_PKG_DESCRIPTION"),
        "mainProgram": "nixfix",
        "licences": ["mit", "asl20"],
        "source": true,
        "lock": true,
        "testedWith": ["gitMinimal", "nix", "openssh", "pre-commit"],
    })
}

const PROGRAM: &str = "/stub/nixpkgs/SYSTEM/buildRustPackage-nixfix/bin/nixfix";

/// The hook, as git-hooks.nix has it.
fn hook(args: &[&str], system: &str) -> Value {
    let hook = json!({
        "id": "nixfix",
        "name": "nixfix check --staged",
        "description": "Checks that nothing of the migration is pending in what is staged",
        "enable": true,
        "package": "nixfix",
        "entry": format!("{PROGRAM} check --staged"),
        "args": args,
        "pass_filenames": false,
        "always_run": true,
        // The others are the defaults of git-hooks.nix.
        "language": "system", "stages": ["pre-commit"], "types": ["file"], "types_or": [], "files": "",
        "excludes": [], "exclude_types": [], "extraPackages": [], "before": [], "after": [],
        "fail_fast": false, "require_serial": false, "verbose": false,
    });
    of_system(&hook, system)
}

#[test]
fn every_output_of_the_flake_evaluates_to_what_it_should() {
    let mut outputs = outputs();
    // Where it lies in the store is different each time.
    for system in SYSTEMS {
        let text = &mut outputs["checks"][system]["format"]["text"];
        let said = text.as_str().unwrap();
        let stays = |line: &&str| !line.starts_with("cd ");
        *text = said.lines().filter(stays).collect();
    }
    let expected = json!({
        "outputs": [
            "apps", "checks", "devShells", "flakeModules", "formatter", "lib", "overlays", "packages", "templates",
        ],
        "packages": everywhere(json!({ "default": package(), "nixfix": package() })),
        "overlays": { "default": { "nixfix": package() } },
        "apps": everywhere(json!({ "default": {
            "type": "app",
            "program": PROGRAM,
            "meta": { "description": env!("CARGO_PKG_DESCRIPTION") },
        } })),
        "devShells": everywhere(json!({ "default": {
            "inputsFrom": ["nixfix"],
            "packages": ["clippy", "rust-analyzer", "rustfmt"],
        } })),
        "checks": everywhere(json!({
            "names": ["clippy", "format", "package"],
            "package": package(),
            "clippy": {
                "uses": ["clippy"],
                "buildPhase": "cargo clippy --offline --all-targets -- --deny warnings",
                "doCheck": false,
                "installPhase": "touch $out",
            },
            "format": {
                "uses": ["cargo", "nixfmt", "rustfmt"],
                "text": ["export CARGO_HOME=$TMPDIR", "cargo fmt --check", "nixfmt --check flake.nix", "touch $out"],
            },
        })),
        "formatter": everywhere(json!("nixfmt-tree")),
        "lib": { "gitHooksModule": hook(&[], "x86_64-linux") },
        "flakeModules": { "default": hook(&["--recipe", "sops.toml"], "aarch64-linux") },
        "templates": { "default": {
            "directory": true,
            "description": outputs["templates"]["default"]["description"],
            "welcomeText": outputs["templates"]["default"]["welcomeText"],
        } },
        "starter": {
            "outputs": ["checks", "devShells", "nixosConfigurations"],
            "overlays": [["llama-cpp-cpu", "llama-cpp-cuda", "llama-cpp-rocm", "llama-cpp-vulkan"]],
            "packages": ["/stub/llama-cpp@nixpkgs/x86_64-linux/default"],
            "hooks": { "x86_64-linux": { "hooks": hook(&[], "x86_64-linux") } },
            "shells": { "x86_64-linux": { "default": {
                "packages": ["nixfix"],
                "shellHook": "pre-commit install",
            } } },
        },
    });
    let (expected, found) = (format!("{expected:#}\n"), format!("{outputs:#}\n"));
    let diff = TextDiff::from_lines(&expected, &found);
    assert!(
        expected == found,
        "{}",
        diff.unified_diff().header("expected", "found")
    );
}
