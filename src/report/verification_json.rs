//! `nixfix verify --format json`: the verification as one object, the contract for scripts.

use serde::Serialize;

use crate::path::RepoPath;
use crate::report::verification::used_package;
use crate::report::visible::in_json;
use crate::verify::{Build, Failure, HostVerdict, PackageState, PackageVerdict, Verification};

/// `verification` of the flake at `flake` as JSON with a final line feed.
pub fn verification_json(verification: &Verification, flake: &RepoPath) -> String {
    let report = Report {
        version: 1,
        status: if verification.succeeded() {
            "verified"
        } else {
            "failed"
        },
        flake: flake.as_str(),
        checked: verification.checked,
        hosts: verification.hosts.iter().map(host).collect(),
        builds: verification.builds.iter().map(build).collect(),
        failures: verification.failures.iter().map(failure).collect(),
    };
    let json = serde_json::to_string_pretty(&report).expect("text and numbers always serialise");
    in_json(&json) + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    status: &'static str,
    flake: &'a str,
    checked: bool,
    hosts: Vec<Host<'a>>,
    builds: Vec<Built<'a>>,
    failures: Vec<Wrong<'a>>,
}

#[derive(Serialize)]
struct Host<'a> {
    name: &'a str,
    system: Option<&'a str>,
    status: &'static str,
    profile: Option<&'a str>,
    package: Option<&'a str>,
    cmake_flags: Option<&'a [String]>,
    packages: Vec<Package<'a>>,
    failures: Vec<Wrong<'a>>,
}

#[derive(Serialize)]
struct Package<'a> {
    name: &'a str,
    status: &'static str,
    derivation: Option<&'a str>,
    installed: bool,
}

#[derive(Serialize)]
struct Built<'a> {
    host: &'a str,
    package: &'a str,
    success: bool,
}

#[derive(Serialize)]
struct Wrong<'a> {
    what: &'a str,
    message: Option<&'a str>,
}

fn host(host: &HostVerdict) -> Host<'_> {
    Host {
        name: &host.name,
        system: host.system.as_deref(),
        status: if host.failures.is_empty() {
            "ok"
        } else {
            "failed"
        },
        profile: host.profile.as_deref(),
        package: host.package.as_deref(),
        cmake_flags: used_package(host).map(|package| package.answer.flags.as_slice()),
        packages: host.packages.iter().map(package).collect(),
        failures: host.failures.iter().map(failure).collect(),
    }
}

fn package(package: &PackageVerdict) -> Package<'_> {
    Package {
        name: &package.answer.name,
        status: match package.state {
            PackageState::Evaluates => "ok",
            PackageState::Unavailable => "unavailable",
            PackageState::Failed => "failed",
        },
        derivation: package.answer.derivation.as_deref(),
        installed: package.answer.installed,
    }
}

fn build(build: &Build) -> Built<'_> {
    Built {
        host: &build.host,
        package: &build.package,
        success: build.success,
    }
}

fn failure(failure: &Failure) -> Wrong<'_> {
    Wrong {
        what: &failure.what,
        message: failure.message.as_deref(),
    }
}
