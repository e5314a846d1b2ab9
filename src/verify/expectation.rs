//! What is asked of each host: by the flake as it should be, or by what one run has changed.

use std::collections::BTreeMap;

use crate::plan::{HostPlan, HostStatus, Plan};
use crate::recipe::Recipe;

/// What is asked of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// It evaluates.
    Evaluation,
    /// And its `pkgs` has the recipe's packages.
    Packages,
    /// And one of them is in `environment.systemPackages`.
    SomePackage,
    /// And this one is.
    Package(String),
}

impl Demand {
    /// The package that is to be installed, where it is a certain one.
    pub fn package(&self) -> Option<String> {
        match self {
            Demand::Package(package) => Some(package.clone()),
            _ => None,
        }
    }
}

/// What is asked of the hosts of a flake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The recipe's packages.
    pub packages: Vec<String>,
    /// The hosts that the plan knows.
    pub hosts: BTreeMap<String, HostExpectation>,
    /// What is asked of a host that only Nix knows.
    pub other: Demand,
}

/// What is asked of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostExpectation {
    /// The profile that it has.
    pub profile: Option<String>,
    /// What is asked of it.
    pub demand: Demand,
}

impl Expectation {
    /// Every host has the packages, and that of its profile installed.
    pub fn of_flake(plan: &Plan, recipe: &Recipe) -> Expectation {
        let some = if recipe.profiles.is_some() {
            Demand::SomePackage
        } else {
            Demand::Packages
        };
        let demand = |host: &HostPlan| package(host, recipe).map_or(some.clone(), Demand::Package);
        Expectation::new(plan, recipe, demand, some.clone())
    }

    /// Every host has what the run that made `plan` gave it or found there.
    pub fn of_run(plan: &Plan, recipe: &Recipe) -> Expectation {
        let demand = |host: &HostPlan| match (&host.overlay_at, &host.profile_at) {
            _ if matches!(host.status, HostStatus::Refused | HostStatus::LeftOut) => {
                Demand::Evaluation
            }
            (Some(_), Some(_)) => package(host, recipe).map_or(Demand::Packages, Demand::Package),
            (Some(_), None) => Demand::Packages,
            (None, _) => Demand::Evaluation,
        };
        Expectation::new(plan, recipe, demand, Demand::Evaluation)
    }

    fn new(
        plan: &Plan,
        recipe: &Recipe,
        demand: impl Fn(&HostPlan) -> Demand,
        other: Demand,
    ) -> Expectation {
        let expected = |host: &HostPlan| HostExpectation {
            profile: host.profile.clone(),
            demand: demand(host),
        };
        let hosts = plan
            .hosts
            .iter()
            .map(|host| (host.name.clone(), expected(host)));
        Expectation {
            packages: recipe.packages().map(str::to_string).collect(),
            hosts: hosts.collect(),
            other,
        }
    }

    /// What is asked of `host`.
    pub fn of(&self, host: &str) -> HostExpectation {
        let other = || HostExpectation {
            profile: None,
            demand: self.other.clone(),
        };
        self.hosts.get(host).cloned().unwrap_or_else(other)
    }
}

/// The package that the host's profile installs.
fn package(host: &HostPlan, recipe: &Recipe) -> Option<String> {
    let profile = host.profile.as_ref()?;
    recipe
        .known_profiles()
        .find(|one| one.name == *profile)?
        .package
        .clone()
}
