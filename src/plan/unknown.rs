//! Hosts that the recipe or a flag names and the flake does not have.

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::flake::model::Model;
use crate::recipe::Recipe;
use crate::recipe::suggest::did_you_mean;

/// What is wrong with the hosts that are named for a profile or a module.
pub(super) fn hosts(model: &Model, recipe: &Recipe) -> Vec<Diagnostic> {
    let hosts: Vec<&str> = model.flake.hosts.iter().map(|host| &*host.name).collect();
    let machines = recipe.machines.iter().map(|one| (&one.host, &one.place));
    let named = recipe.modules.iter().flat_map(|modules| &modules.hosts);
    machines
        .chain(named.map(|one| (&one.name, &one.place)))
        .filter(|(name, _)| !hosts.contains(&name.as_str()))
        .map(|(name, place)| unknown(model, &hosts, name, place.clone()))
        .collect()
}

fn unknown(model: &Model, hosts: &[&str], name: &str, place: Option<Place>) -> Diagnostic {
    // A host out of sight may be the one that is meant.
    let severity = match model.flake.hidden_hosts {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    };
    let message = format!("the flake has no host `{name}`");
    let mut diagnostic = Diagnostic::new(severity, "host-unknown", message);
    diagnostic.place = place;
    diagnostic.help(did_you_mean(name, hosts).unwrap_or_else(|| "it has no hosts".to_string()))
}
