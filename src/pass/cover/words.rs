//! Hosts by their numbers, in words.

use std::collections::BTreeSet;

use crate::pass::Context;

/// The names of hosts and others by number, as a phrase.
pub(in crate::pass) fn names(context: &Context, numbers: &BTreeSet<usize>) -> String {
    let hosts = context.model.hosts();
    let quoted = |name: &str| format!("`{name}`");
    let (of_hosts, of_others): (Vec<usize>, Vec<usize>) =
        numbers.iter().partition(|number| **number < hosts.len());
    let mut names: Vec<String> = match of_hosts.len() == hosts.len() && hosts.len() > 1 {
        true => vec!["every host".to_string()],
        false => of_hosts
            .iter()
            .map(|number| quoted(&hosts[*number].host.name))
            .collect(),
    };
    let mut others: Vec<&str> = of_others
        .iter()
        .map(|number| &*context.model.others()[*number - hosts.len()].name)
        .collect();
    others.dedup();
    names.extend(others.into_iter().map(quoted));
    names.join(", ")
}

/// Which hosts keep the places of a host from being used.
pub(in crate::pass) fn in_the_way(context: &Context, others: &BTreeSet<usize>) -> String {
    if others.is_empty() {
        String::new()
    } else {
        format!(": its places serve {} as well", names(context, others))
    }
}
