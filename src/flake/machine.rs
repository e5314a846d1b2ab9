//! Which file of a host is the machine's own configuration, and where the files about machines lie.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Flake;
use super::listing::HIDING;
use super::model::HostModel;
use super::modules::{Module, ModuleKey, Modules};
use crate::eval::value::Origin;
use crate::path::RepoPath;

/// The name of the directory of profiles, where the recipe names none.
pub const PROFILES: &str = "hardware-profiles";

/// Words in a file's name that tell it is about one aspect of a machine, not the machine.
const ASPECTS: &[&str] = &[
    "hardware",
    "disko",
    "disk",
    "partition",
    "filesystem",
    "home",
    "secrets",
    "users",
    "variables",
    "options",
];

/// Directories whose files are about people, not about the machine that has them.
const OF_PEOPLE: &[&str] = &["users", "user", "home", "homes"];

/// The machine file of each host, in order.
pub(super) fn find_all(flake: &Flake, hosts: &[HostModel]) -> Vec<Option<RepoPath>> {
    let own: Vec<Vec<RepoPath>> = hosts
        .iter()
        .map(|host| {
            host.built
                .as_ref()
                .map_or_else(|_| Vec::new(), |built| own_files(&built.modules))
        })
        .collect();
    let mut users: BTreeMap<&RepoPath, usize> = BTreeMap::new();
    own.iter()
        .flatten()
        .for_each(|file| *users.entry(file).or_default() += 1);
    let find = |(host, files): (&HostModel, &Vec<RepoPath>)| {
        let name = &*host.host.name;
        let candidates: Vec<&RepoPath> = files
            .iter()
            .filter(|file| is_candidate(flake, name, file))
            .collect();
        let is_named = |file: &&&RepoPath| is_named_after(file, name);
        let of_all = |file: &RepoPath| hosts.len() > 1 && users.get(file) == Some(&hosts.len());
        let named = candidates
            .iter()
            .filter(is_named)
            .min_by_key(|file| (of_all(file), rank(name)(file), !is_entry(file, name)));
        // Any file of the machine's directory may be one of its parts.
        let is_likely = |file: &&&RepoPath| rank(name)(file) < ANY_NAME;
        let owned = |file: &&RepoPath| (*file).clone();
        named
            .filter(is_likely)
            .map(owned)
            .or_else(|| imported_as_value(host))
            .or_else(|| named.map(owned))
            .or_else(|| find(name, &of_machines(&candidates), &users, hosts.len()))
    };
    let found: Vec<Option<RepoPath>> = hosts.iter().zip(&own).map(find).collect();
    let reaching = OnceCell::new();
    let deeper = |(host, found): (&HostModel, Option<RepoPath>)| {
        found.or_else(|| find_deeper(flake, host, reaching.get_or_init(|| reaching_hosts(hosts))))
    };
    hosts.iter().zip(found).map(deeper).collect()
}

/// How many hosts reach each file.
fn reaching_hosts(hosts: &[HostModel]) -> FxHashMap<&RepoPath, usize> {
    let mut reaching = FxHashMap::default();
    let built = hosts.iter().filter_map(|host| host.built.as_ref().ok());
    for file in built.flat_map(|built| built.modules.files()) {
        *reaching.entry(file).or_default() += 1;
    }
    reaching
}

/// A file called after the host that only this host reaches, through whatever imports it.
fn find_deeper(
    flake: &Flake,
    host: &HostModel,
    reaching: &FxHashMap<&RepoPath, usize>,
) -> Option<RepoPath> {
    let name = &host.host.name;
    let reached = |modules: &Modules| -> Vec<RepoPath> {
        let file = |module: &Module| match &module.key {
            ModuleKey::File(file) if module.certain => Some(file.clone()),
            _ => None,
        };
        modules.all.iter().filter_map(file).collect()
    };
    let mut files = reached(&host.built.as_ref().ok()?.modules);
    files.retain(|file| is_named_after(file, name) && is_candidate(flake, name, file));
    files.retain(|file| reaching.get(file) == Some(&1));
    // The entry of the directory of that name, not a file below it.
    let depth = |file: &RepoPath| file.components().count();
    let rank = |file: &RepoPath| (depth(file), file.stem() != "default");
    files.into_iter().min_by_key(rank)
}

/// The files that a host lists itself, directly or in modules written in place.
fn own_files(modules: &Modules) -> Vec<RepoPath> {
    let inline = |module: &Module| matches!(module.key, ModuleKey::Inline(..));
    let is_own = |module: &&Module| {
        let mut parents = std::iter::successors(module.parent, |index| modules.all[*index].parent);
        module.certain && parents.all(|index| inline(&modules.all[index]))
    };
    let file = |module: &Module| match &module.key {
        ModuleKey::File(file) => Some(file.clone()),
        _ => None,
    };
    modules.all.iter().filter(is_own).filter_map(file).collect()
}

/// Whether the file lies where profiles do: once a host lists one, it is still no machine file.
fn is_profile(file: &RepoPath) -> bool {
    file.parent()
        .is_some_and(|directory| directory.name().trim_start_matches(HIDING) == PROFILES)
}

/// Whether it may be the machine file of that host.
fn is_candidate(flake: &Flake, host: &str, file: &RepoPath) -> bool {
    !is_aspect(file, host) && !is_generated(flake, file) && !is_profile(file)
}

/// Whether the file is about one aspect of a machine, by its name. `homelab.nix` is about the host of that name, but
/// `home.nix` of a host `home` is rather about the home of its user.
fn is_aspect(file: &RepoPath, host: &str) -> bool {
    let stem = file.stem();
    let tells = |aspect: &&str| match stem == host {
        true => stem == *aspect,
        false => stem.contains(aspect),
    };
    ASPECTS.iter().any(tells)
}

/// Whether the file says that a tool wrote it, such as `nixos-generate-config`, and will write it again.
pub fn is_generated(flake: &Flake, file: &RepoPath) -> bool {
    let head = |text: &str| {
        text.lines()
            .take(5)
            .any(|line| line.contains("nixos-generate-config"))
    };
    file.name().contains("hardware-configuration")
        || flake.generated.is_some() && *file == flake.file.path
        || flake
            .tree()
            .file(file)
            .is_ok_and(|file| head(&file.text) && file.text.contains("Do not modify this file"))
}

/// Whether a value is what its whole file says.
pub fn is_whole_file(origin: &Origin) -> bool {
    let exprs = origin.file.exprs();
    exprs.is_some_and(|exprs| exprs.range(exprs.unwrap_parens(exprs.root())) == origin.range())
}

/// The file called after the host whose module the host has as a value, and not by its path.
fn imported_as_value(host: &HostModel) -> Option<RepoPath> {
    let file = |module: &Module| {
        let named = |origin: &&Origin| is_named_after(&origin.file.path, &host.host.name);
        let origin = module.origin.as_ref().filter(named);
        let inline = matches!(module.key, ModuleKey::Inline(..)) && module.certain;
        let whole = origin.filter(|origin| inline && is_whole_file(origin))?;
        Some(whole.file.path.clone())
    };
    let built = host.built.as_ref().ok()?;
    built.modules.all.iter().find_map(file)
}

/// The rank of a name that says nothing.
const ANY_NAME: u8 = 3;

/// How likely a file is the machine file of a host, by its name: least first, none above 3.
pub fn rank_by_name(host: &str, file: &RepoPath) -> u8 {
    match file.stem() {
        stem if stem == host => 0,
        "configuration" => 1,
        "default" => 2,
        _ => ANY_NAME,
    }
}

fn rank(host: &str) -> impl Fn(&&&RepoPath) -> u8 {
    move |file| rank_by_name(host, file)
}

/// Those that do not lie where files about people do.
fn of_machines<'f>(candidates: &[&'f RepoPath]) -> Vec<&'f RepoPath> {
    let is_of_machine = |file: &RepoPath| {
        let directory = file.parent().unwrap_or_else(RepoPath::root);
        let mut parts = directory.components();
        !parts.any(|part| OF_PEOPLE.contains(&part))
    };
    let of_machines = candidates.iter().filter(|file| is_of_machine(file));
    of_machines.copied().collect()
}

/// The file that the fewest hosts list.
fn find(
    host: &str,
    candidates: &[&RepoPath],
    users: &BTreeMap<&RepoPath, usize>,
    hosts: usize,
) -> Option<RepoPath> {
    let used = |file: &RepoPath| users.get(file).copied().unwrap_or(0);
    let least = candidates.iter().map(|file| used(file)).min()?;
    if least > 1 && least == hosts {
        return None;
    }
    candidates
        .iter()
        .filter(|file| used(file) == least)
        .min_by_key(rank(host))
        .map(|file| (**file).clone())
}

/// Whether the file, or the directory it is the entry of, is called like the host.
pub fn is_named_after(file: &RepoPath, host: &str) -> bool {
    file.as_str().contains(host)
        && (file.stem() == host || file.components().any(|part| part == host))
}

/// Whether the file is called like the host, or is right in a directory that is.
fn is_entry(file: &RepoPath, host: &str) -> bool {
    let directory = || file.parent().is_some_and(|parent| parent.name() == host);
    file.stem() == host || directory()
}

/// The directory in which the files about machines lie: where files for several machines belong. Where no machine has a
/// file of its own, the files that the hosts list tell it.
pub fn directory_of_machines(flake: &Flake, hosts: &[HostModel]) -> RepoPath {
    let built = || {
        hosts
            .iter()
            .filter_map(|host| Some((&*host.host.name, host.built.as_ref().ok()?)))
    };
    let machines: Vec<RepoPath> = built()
        .filter_map(|(host, built)| Some(directory_beside(built.machine_file.as_ref()?, host)))
        .collect();
    let listed = || {
        built().flat_map(|(host, built)| {
            own_files(&built.modules)
                .into_iter()
                .filter(|file| !is_profile(file))
                .map(move |file| (host, file))
        })
    };
    let votes = match machines.is_empty() {
        true => listed()
            .map(|(host, file)| directory_beside(&file, host))
            .collect(),
        false => machines,
    };
    commonest(votes).unwrap_or_else(|| flake.directory())
}

/// The directory that all of them lie in.
fn around(directories: &[RepoPath]) -> RepoPath {
    let shared = |one: RepoPath, other: &RepoPath| {
        let mut outer = std::iter::successors(Some(one), RepoPath::parent);
        let holds = |directory: &RepoPath| other.is_within(directory);
        outer.find(holds).unwrap_or_else(RepoPath::root)
    };
    let mut directories = directories.iter();
    let first = directories.next().cloned();
    directories.fold(first.unwrap_or_else(RepoPath::root), shared)
}

/// The directory that most name. Where there is none, the one that all lie in, since each may be of a single machine; if that
/// is the whole repository, the one that is named most often, the first of several.
fn commonest(votes: Vec<RepoPath>) -> Option<RepoPath> {
    let (total, around) = (votes.len(), around(&votes));
    let mut counted: Vec<(RepoPath, usize)> = Vec::new();
    for vote in votes {
        match counted.iter_mut().find(|(voted, _)| *voted == vote) {
            Some((_, count)) => *count += 1,
            None => counted.push((vote, 1)),
        }
    }
    let most = counted.iter().map(|(_, count)| *count).max();
    if most.is_some_and(|most| most * 2 <= total) && !around.is_root() {
        return Some(around);
    }
    counted
        .into_iter()
        .find(|(_, count)| Some(*count) == most)
        .map(|(directory, _)| directory)
}

/// `machines` for `machines/carbon.nix` and for `machines/carbon/default.nix`.
fn directory_beside(file: &RepoPath, host: &str) -> RepoPath {
    let parent = file.parent().unwrap_or_else(RepoPath::root);
    let own = std::iter::successors(Some(parent.clone()), RepoPath::parent)
        .find(|directory| directory.name() == host);
    own.and_then(|directory| directory.parent())
        .unwrap_or(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    #[test]
    fn a_file_named_after_the_host_is_its_machine_file_before_any_other() {
        let files = [
            path("common.nix"),
            path("hosts/carbon/default.nix"),
            path("hosts/carbon/extra.nix"),
        ];
        let users = files.iter().map(|file| (file, 1)).collect();
        let candidates: Vec<_> = files.iter().collect();
        assert_eq!(
            find("carbon", &candidates, &users, 2),
            Some(path("hosts/carbon/default.nix"))
        );
    }

    #[test]
    fn what_every_host_shares_is_no_machine_file() {
        let files = [path("common.nix")];
        let users = BTreeMap::from([(&files[0], 2)]);
        assert_eq!(find("carbon", &[&files[0]], &users, 2), None);
        assert_eq!(
            find("carbon", &[&files[0]], &BTreeMap::from([(&files[0], 1)]), 1),
            Some(path("common.nix"))
        );
    }

    #[test]
    fn a_file_called_like_its_host_is_about_it_unless_that_is_an_aspect() {
        for (file, host, expected) in [
            ("homelab.nix", "homelab", false),
            ("homelab.nix", "carbon", true),
            ("home.nix", "home", true),
            ("disk-config.nix", "carbon", true),
            ("carbon.nix", "carbon", false),
        ] {
            assert_eq!(is_aspect(&path(file), host), expected, "{file} of {host}");
        }
    }

    #[test]
    fn what_is_about_people_is_no_machine_file_of_another_name() {
        let files = [path("users/ada.nix"), path("base.nix")];
        let all: Vec<_> = files.iter().collect();
        assert_eq!(of_machines(&all), [&files[1]]);
    }

    #[test]
    fn profiles_lie_where_most_machines_do_or_around_all_of_them() {
        for (votes, expected) in [
            (&["hosts", "hosts", "servers/nas"][..], "hosts"),
            (&["hosts/desk", "hosts/lap"], "hosts"),
            (
                &["hosts/desk", "hosts/desk", "hosts/lap/a", "hosts/nas"],
                "hosts",
            ),
            (&["hosts", "servers"], "hosts"),
            (&["hosts/desk"], "hosts/desk"),
        ] {
            let votes = votes.iter().map(|vote| path(vote)).collect();
            assert_eq!(commonest(votes), Some(path(expected)));
        }
    }

    #[test]
    fn profiles_lie_beside_the_machines_not_inside_one() {
        assert_eq!(
            directory_beside(&path("machines/carbon.nix"), "carbon"),
            path("machines")
        );
        assert_eq!(
            directory_beside(&path("hosts/carbon/nix/default.nix"), "carbon"),
            path("hosts")
        );
        assert_eq!(
            directory_beside(&path("configuration.nix"), "carbon"),
            RepoPath::root()
        );
    }
}
