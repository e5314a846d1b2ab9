//! Hosts by their numbers, in words.

use std::collections::BTreeSet;

use crate::flake::model::Built;
use crate::pass::Context;
use crate::pass::inside::is_used_inside;
use crate::path::RepoPath;

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

/// Why the places of a host cannot take what is in `file`: its machine file is in a copy that Nix makes and that lacks it,
/// other hosts are in the way, or its machine file is used inside of a host as well.
pub(in crate::pass) fn out_of_reach(
    context: &Context,
    built: &Built,
    file: &RepoPath,
    others: &BTreeSet<usize>,
) -> String {
    match copy_without(context, built, file) {
        Some(copy) => format!(
            ": its machine file is in the copy that Nix makes of `{copy}`, and `{file}` is not"
        ),
        None if others.is_empty() && is_used_inside(context, built) => {
            ": its machine file is part of a test, of another flake or of a configuration inside of a host as well"
                .to_string()
        }
        None => in_the_way(context, others),
    }
}

/// The copy that Nix makes of a part of the repository, with the host's machine file in it and without `file`.
pub(in crate::pass) fn copy_without(
    context: &Context,
    built: &Built,
    file: &RepoPath,
) -> Option<RepoPath> {
    let machine = built.machine_file.as_ref()?;
    context.model.flake.left_copy(machine, file)
}
