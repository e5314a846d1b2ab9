//! What the real Nix says of every host, held against what is asked of it.
//!
//! Asks through [`crate::nix`] and judges; prints nothing, and writes nothing.

mod ask;
mod expectation;
mod judge;

use anyhow::Result;

use crate::nix::{Nix, PackageAnswer};

pub use self::expectation::{Demand, Expectation, HostExpectation};

/// What came of it all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// What is wrong with the flake as a whole: its hosts are not even known, or `nix flake check` fails.
    pub failures: Vec<Failure>,
    /// The hosts, in Nix's order.
    pub hosts: Vec<HostVerdict>,
    /// Whether `nix flake check` was run.
    pub checked: bool,
    /// The packages that were built: host, package, and whether it succeeded.
    pub builds: Vec<Build>,
}

/// What came of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostVerdict {
    /// Its name.
    pub name: String,
    /// Its platform, where it evaluates.
    pub system: Option<String>,
    /// The profile that it should have, where nixfix knows.
    pub profile: Option<String>,
    /// The package that it has to have installed, or the recipe's first that it has.
    pub package: Option<String>,
    /// The recipe's packages.
    pub packages: Vec<PackageVerdict>,
    /// What is wrong.
    pub failures: Vec<Failure>,
}

/// What came of one package of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageVerdict {
    /// What Nix says.
    pub answer: PackageAnswer,
    /// Whether it evaluates, as far as it has to.
    pub state: PackageState,
}

/// Whether a package evaluates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageState {
    /// It does.
    Evaluates,
    /// It does not, and need not: the host does not use it, and its system does not have every package.
    Unavailable,
    /// It does not.
    Failed,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it is; lower case, no full stop, names in backticks.
    pub what: String,
    /// Nix's own message.
    pub message: Option<String>,
}

/// A package that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The host.
    pub host: String,
    /// The package's attribute name.
    pub package: String,
    /// Whether it succeeded.
    pub success: bool,
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn succeeded(&self) -> bool {
        let hosts = self.hosts.iter().all(|host| host.failures.is_empty());
        hosts && self.failures.is_empty() && self.builds.iter().all(|build| build.success)
    }
}

impl Failure {
    fn new(what: String) -> Failure {
        Failure {
            what,
            message: None,
        }
    }

    /// The same, with Nix's own message.
    pub fn because(what: impl Into<String>, message: String) -> Failure {
        Failure {
            what: what.into(),
            message: Some(message),
        }
    }
}

/// Asks `nix` about every host. `progress` hears of each before it is asked about: how many are done, of how many.
///
/// # Errors
/// Nix could not be asked: it knows no flakes, is too slow, or was interrupted.
pub fn verify(
    nix: &Nix,
    expectation: &Expectation,
    mut progress: impl FnMut(usize, usize, &str),
) -> Result<Verification> {
    let names = match nix.hosts()? {
        Ok(names) => names,
        Err(message) => {
            let failure = Failure::because("the flake's hosts do not evaluate", message);
            return Ok(Verification {
                failures: vec![failure],
                ..Verification::default()
            });
        }
    };
    let mut verification = Verification::default();
    for (nth, name) in names.iter().enumerate() {
        progress(nth, names.len(), name);
        let host = verify_host(nix, name, expectation);
        verification
            .hosts
            .push(host.map_err(|error| error.context(format!("could not verify host `{name}`")))?);
    }
    for missing in expectation
        .hosts
        .keys()
        .filter(|host| !names.contains(host))
    {
        verification.failures.push(Failure::new(format!(
            "nix does not see the host `{missing}`"
        )));
    }
    Ok(verification)
}

fn verify_host(nix: &Nix, name: &str, expectation: &Expectation) -> Result<HostVerdict> {
    let HostExpectation { profile, demand } = expectation.of(name);
    let mut packages = if demand == Demand::Evaluation {
        Vec::new()
    } else {
        expectation.packages.clone()
    };
    packages.extend(demand.package().filter(|one| !packages.contains(one)));
    let mut host = HostVerdict {
        name: name.to_string(),
        system: None,
        profile,
        package: demand.package(),
        packages: Vec::new(),
        failures: Vec::new(),
    };
    let answers = match ask::ask(nix, name, &packages)? {
        Ok((system, answers)) => {
            host.system = system;
            answers
        }
        Err(message) => {
            host.failures
                .push(Failure::because("it does not evaluate", message));
            return Ok(host);
        }
    };
    for (answer, message) in answers {
        let (state, failure) = judge::package(&answer, message, &host);
        host.packages.push(PackageVerdict { answer, state });
        host.failures.extend(failure);
    }
    judge::installed(&mut host, &demand);
    Ok(host)
}
