//! Everything that goes into a build here, tests included: its licence is one that we allow, and it asks for no newer
//! Rust than we say.

use std::process::{Command, Output};

use serde_json::Value;
use spdx::{ExceptionId, Expression, LicenseReq, ParseMode};

use crate::root;

/// Whoever adds to these has read what the licence asks for. MPL-2.0 asks for the source of the files under it, as they
/// were changed; they are not.
const ALLOWED: [&str; 4] = ["MIT", "Apache-2.0", "MPL-2.0", "Unicode-3.0"];
/// Exceptions that permit more than the licence alone.
const EXCEPTIONS: [&str; 1] = ["LLVM-exception"];

/// The packages that a build on this platform reads. Those for others only need not be on this machine.
fn packages() -> Vec<Value> {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.expect("cargo tells the platform it runs on");
    let metadata = [
        "metadata",
        "--locked",
        "--offline",
        "--format-version=1",
        "--filter-platform",
        host,
    ];
    let metadata: Value = serde_json::from_str(&cargo(&metadata)).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 50, "only {} packages", packages.len());
    packages
}

fn cargo(arguments: &[&str]) -> String {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = Command::new(program);
    let output: Output = cargo.args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn name(package: &Value) -> String {
    format!("{} {}", package["name"], package["version"]).replace('"', "")
}

/// Why a licence is not allowed.
fn licence_problem(licence: Option<&str>) -> Option<String> {
    let Some(licence) = licence else {
        return Some("has no licence".to_string());
    };
    let is_allowed = |asked: &LicenseReq| {
        let id = asked.license.id().map(|id| id.name);
        let addition = asked.addition.as_ref().map(|addition| addition.id());
        let is_harmless =
            |id: Option<ExceptionId>| id.is_some_and(|id| EXCEPTIONS.contains(&id.name));
        id.is_some_and(|id| ALLOWED.contains(&id)) && addition.is_none_or(is_harmless)
    };
    // `MIT/Apache-2.0` is an older way to write `OR`.
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(expression) if expression.evaluate(is_allowed) => None,
        Ok(_) => Some(format!("is under {licence}")),
        Err(error) => Some(format!("has the licence `{licence}`: {}", error.reason)),
    }
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let packages = packages();
    let wrong: Vec<String> = packages
        .iter()
        .filter_map(|one| {
            Some(format!(
                "{} {}",
                name(one),
                licence_problem(one["license"].as_str())?
            ))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_licence_is_allowed_only_as_a_whole() {
    for allowed in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0-only OR MIT",
        "(MIT OR GPL-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert_eq!(licence_problem(Some(allowed)), None);
    }
    for wrong in [
        None,
        Some(""),
        Some("GPL-3.0-only"),
        Some("MIT AND GPL-3.0-or-later"),
        Some("Apache-2.0 WITH LLVM-exception AND AGPL-3.0-only"),
        Some("LicenseRef-mine"),
        Some("MTI"),
    ] {
        assert!(licence_problem(wrong).is_some(), "{wrong:?}");
    }
}

/// `1.89` and `1.89.0` are the same version.
fn version(text: &str) -> [u32; 3] {
    let mut parts = text.split('.').map(|part| part.parse().unwrap());
    let mut next = || parts.next().unwrap_or(0);
    [next(), next(), next()]
}

#[test]
fn no_dependency_asks_for_a_newer_rust_than_nixfix() {
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let packages = packages();
    let asked: Vec<(String, &str)> = packages
        .iter()
        .filter_map(|one| Some((name(one), one["rust_version"].as_str()?)))
        .collect();
    assert!(asked.len() > 20, "few dependencies say what they need");
    let newer: Vec<_> = asked
        .iter()
        .filter(|(_, asked)| version(asked) > ours)
        .collect();
    assert!(newer.is_empty(), "{newer:?}");
    assert!(version("1.100") > version("1.89.1") && version("1.89") == version("1.89.0"));
}

#[test]
fn libgit2_and_zlib_are_in_the_program() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_nixfix")).unwrap();
    let program = String::from_utf8_lossy(&program);
    assert!(
        program.contains("libgit2 library"),
        "the search finds nothing"
    );
    for library in ["libgit2.so", "libz.so", "libgit2.dylib", "libz.1.dylib"] {
        assert!(!program.contains(library), "it needs {library} beside it");
    }
}

/// The fuzzers are a crate of their own, which cargo does not look at while it builds nixfix.
#[test]
fn the_lock_file_of_the_fuzzers_knows_every_dependency() {
    let read = |file: &str| -> toml::Table {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        toml::from_str(&text).unwrap()
    };
    let manifest = read("Cargo.toml");
    let asked: Vec<&str> = manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let lock = read("fuzz/Cargo.lock");
    let mut packages = lock["package"].as_array().unwrap().iter();
    let nixfix = packages.find(|one| one["name"].as_str() == Some("nixfix"));
    let locked: Vec<&str> = nixfix.unwrap()["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        // Some have their version behind the name.
        .filter_map(|one| one.as_str()?.split(' ').next())
        .collect();
    assert_eq!(locked, asked);
}
