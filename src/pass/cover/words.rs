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

/// What to do for a host that no place serves alone: to add `what` to its modules by hand, or to see first to those that keep
/// its places from being used, where all of these are left as they are.
pub(in crate::pass) fn by_hand(context: &Context, others: &BTreeSet<usize>, what: &str) -> String {
    let is_left = |number: &usize| {
        let host = context.model.hosts().get(*number);
        host.is_some_and(|host| context.excluded.contains(&*host.host.name))
    };
    let first = match others.len() {
        0 => "",
        _ if !others.iter().all(is_left) => "",
        1 => "see to that host first, which is left as it is, or ",
        _ => "see to those hosts first, which are left as they are, or ",
    };
    format!("{first}add this to its modules:\n{what}")
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
