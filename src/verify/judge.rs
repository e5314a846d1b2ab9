//! Nix's answers held against what is asked of a host.

use crate::nix::PackageAnswer;

use super::{Demand, Failure, HostVerdict, PackageState, PackageVerdict};

/// The one system for which a flake can be expected to have every package.
const COMPLETE_SYSTEM: &str = "x86_64-linux";

/// Whether a package evaluates as far as it has to, and what is wrong if it does not.
pub(super) fn package(
    answer: &PackageAnswer,
    message: Option<String>,
    host: &HostVerdict,
) -> (PackageState, Option<Failure>) {
    let name = &answer.name;
    if !answer.exists {
        let what = format!("it has no `pkgs.{name}`: the overlay is missing");
        return (PackageState::Failed, Some(Failure::new(what)));
    }
    if answer.derivation.is_some() {
        return (PackageState::Evaluates, None);
    }
    let is_used = host.package.as_ref() == Some(name);
    if !is_used
        && host
            .system
            .as_deref()
            .is_some_and(|system| system != COMPLETE_SYSTEM)
    {
        return (PackageState::Unavailable, None);
    }
    let what = format!("its `pkgs.{name}` does not evaluate");
    (PackageState::Failed, Some(Failure { what, message }))
}

/// Whether the package that is asked for is installed; what is wrong goes to `host`.
pub(super) fn installed(host: &mut HostVerdict, demand: &Demand) {
    let installed = host
        .packages
        .iter()
        .map(|package| &package.answer)
        .filter(|answer| answer.installed);
    let installed: Vec<String> = installed.map(|answer| answer.name.clone()).collect();
    match demand {
        Demand::Package(wanted) => {
            let fails = |package: &PackageVerdict| {
                package.answer.name == *wanted && package.state == PackageState::Failed
            };
            // A package that does not evaluate is told already.
            if !installed.contains(wanted) && !host.packages.iter().any(fails) {
                let what = format!("its environment.systemPackages lacks `{wanted}`");
                host.failures.push(Failure::new(what));
            }
        }
        Demand::SomePackage if installed.is_empty() && host.failures.is_empty() => {
            let what = "its environment.systemPackages has none of the recipe's packages";
            host.failures.push(Failure::new(what.to_string()));
        }
        Demand::SomePackage => host.package = installed.first().cloned(),
        Demand::Packages | Demand::Evaluation => {}
    }
}
